import type { Infra } from '#infra/module.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { IndexHost } from '../index-host.ts';
import { selectAskContext } from '../queries/ask.ts';
import { readTiers } from '../read-tiers.ts';
import { codesByName } from '../region-names.ts';
import type { AskWords } from '../rules/ask/reading.ts';
import { foldText } from '../rules/tokens.ts';
import { searchIn } from '../search-creators.ts';

/** Known words change seldom, and a question is read at every pause of the typing. */
const keptMs = 5_000;
const handlesMax = 5;
const workspacesKept = 200;

const fields = [
  'niche',
  'category',
  'city',
  'accountType',
  'sponsor',
  'interest',
  'tag',
  'format',
  'declaredGender',
] as const;
type Values = Record<(typeof fields)[number], string[]>;

/** Gives the words a question may hold in a workspace: values of its index, lists, tiers, brands it calls rivals, handles. */
export function createWordsKeeper(infra: Infra, host: IndexHost) {
  const countries = codesByName('region');
  const languages = codesByName('language');
  const kept = new Map<
    string,
    { at: number; words: Promise<Omit<AskWords, 'personOfHandle' | 'today'>>; timeZone: string }
  >();

  const gather = async (workspaceId: string): Promise<Omit<AskWords, 'personOfHandle' | 'today'>> => {
    const { context, tiers, currency } = await infra.db.inWorkspace(workspaceId, async (tx) => ({
      context: await selectAskContext(tx, workspaceId),
      tiers: await readTiers(tx, workspaceId),
      currency: (await getWorkspace(tx, workspaceId)).currency,
    }));
    const values: Partial<Values> = {};
    for (const field of fields) values[field] = (await host.values(workspaceId, field, tiers)).map((one) => one.value);
    return {
      niches: values.niche ?? [],
      categories: values.category ?? [],
      cities: values.city ?? [],
      accountTypes: values.accountType ?? [],
      sponsors: values.sponsor ?? [],
      interests: values.interest ?? [],
      tags: values.tag ?? [],
      formats: values.format ?? [],
      genders: values.declaredGender ?? [],
      tiers: tiers.map((tier) => tier.name),
      lists: context.lists,
      rivals: context.rivals,
      hasVectors: context.hasVectors,
      countries,
      languages,
      currency,
    };
  };

  return async (workspaceId: string, question: string): Promise<AskWords> => {
    const now = infra.clock.now();
    let own = kept.get(workspaceId);
    if (own === undefined || now.getTime() - own.at > keptMs) {
      const { timeZone } = await infra.db.inWorkspace(workspaceId, (tx) => getWorkspace(tx, workspaceId));
      own = { at: now.getTime(), words: gather(workspaceId), timeZone };
      own.words.catch(() => kept.delete(workspaceId));
      if (kept.size >= workspacesKept) kept.clear();
      kept.set(workspaceId, own);
    }
    const words = await own.words;
    const personOfHandle = await findHandles(infra, host, { workspaceId, question });
    return { ...words, personOfHandle, today: dayIn(own.timeZone, now) };
  };
}

export type WordsKeeper = ReturnType<typeof createWordsKeeper>;

/** Creators whose exact handle stands in the question after "like", "similar to" or "of". */
async function findHandles(
  infra: Infra,
  host: IndexHost,
  asked: { workspaceId: string; question: string },
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const named = [...asked.question.matchAll(/\b(?:like|to|of)\s+@([\w.]*\w)/giu)].slice(0, handlesMax);
  for (const [, handle = ''] of named) {
    const answer = await searchIn(infra, host, {
      workspaceId: asked.workspaceId,
      query: { text: `@${handle}`, filters: [], facets: [], limit: 20, tolerant: false },
    });
    const hit = answer.rows.find((row) =>
      [row.profile, ...row.otherProfiles].some((profile) => profile?.handle.toLowerCase() === handle.toLowerCase()),
    );
    if (hit !== undefined) found.set(foldText(handle), hit.personId);
  }
  return found;
}
