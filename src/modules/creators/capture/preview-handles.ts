import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Platform } from '#kernel/platform.ts';
import { type PastedLine, pastedMax, type previewHandles } from '../api.ts';
import { creatorsError } from '../errors.ts';
import { profileKey, selectKnownProfiles } from '../queries/known-creators.ts';
import { selectSuppressed } from '../queries/suppressions.ts';
import { type PastedEntry, readPasted } from '../rules/read-pasted.ts';
import { suppressionHash } from '../suppression-hash.ts';

type State = PastedLine['state'];

/** How a pasted text is understood. Error: too_many. */
export async function previewPasted(
  infra: Infra,
  call: Call<typeof previewHandles>,
): Promise<{ lines: PastedLine[]; counts: Record<State, number> }> {
  const { workspaceId, input } = call;
  const entries = readEntries(input.text, input.platform);
  const accounts = entries.flatMap((entry) => (entry.ok ? [{ platform: entry.platform, handleKey: entry.key }] : []));
  const hashOf = (account: { platform: Platform; handleKey: string }) =>
    suppressionHash(infra.secret, { kind: 'handle', platform: account.platform, handleKey: account.handleKey });
  const { known, objected } = await infra.db.inWorkspace(workspaceId, async (tx) => ({
    known: await selectKnownProfiles(tx, workspaceId, accounts),
    objected: await selectSuppressed(tx, accounts.map(hashOf)),
  }));
  const seen = new Set<string>();
  const counts: Record<State, number> = { new: 0, known: 0, duplicate: 0, objected: 0, error: 0 };
  const lines = entries.map((entry): PastedLine => {
    const { line, text } = entry;
    if (!entry.ok) {
      counts.error += 1;
      const none = { platform: null, handle: null, url: null, personId: null };
      return { line, text, state: 'error', ...none, message: entry.message };
    }
    const { platform, handle, url } = entry;
    const key = profileKey(platform, entry.key);
    const personId = known.get(key)?.personId ?? null;
    const hasObjected = objected.has(hashOf({ platform, handleKey: entry.key }).toString('hex'));
    const state = seen.has(key) ? 'duplicate' : hasObjected ? 'objected' : personId === null ? 'new' : 'known';
    seen.add(key);
    counts[state] += 1;
    return { line, text, state, platform, handle, url, personId, message: messages[state] };
  });
  return { lines, counts };
}

const messages: Record<Exclude<State, 'error'>, string | null> = {
  new: null,
  known: 'Among your creators already',
  duplicate: 'Stands above already',
  objected: 'Asked not to be kept',
};

/** The entries of a pasted text. Error: too_many. */
export function readEntries(text: string, platform: Platform): PastedEntry[] {
  const entries = readPasted(text, platform);
  if (entries.length <= pastedMax) return entries;
  throw creatorsError(
    'too_many',
    `${entries.length} handles are too many at once; at most ${pastedMax}. Import them as a file.`,
    [{ field: 'text', message: `At most ${pastedMax} handles` }],
  );
}
