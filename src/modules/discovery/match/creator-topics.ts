import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { getPerson, stateFacts } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { CreatorTopics, correctCreatorTopics, getCreatorTopics, Topic } from '../api.ts';
import { discoveryError } from '../errors.ts';
import { didYouMean } from '../rules/near-miss.ts';
import { taxonomyVersion, topicSeeds } from './load-topics.ts';
import { topicsFact } from './make-content.ts';
import { readContent } from './queries/content.ts';
import { correctionsOf, dropCorrection, saveCorrection } from './queries/corrections.ts';

export function listTaxonomy(): { version: string; topics: Topic[] } {
  return { version: taxonomyVersion, topics: topicSeeds.map(({ topic, name, words }) => ({ topic, name, words })) };
}

export async function readCreatorTopics(infra: Infra, call: Call<typeof getCreatorTopics>): Promise<CreatorTopics> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const person = await getPerson(tx, call.workspaceId, call.input.personId);
    return topicsOf(tx, call.workspaceId, person.id);
  });
}

/** Puts a person's word above what was learnt, until it is taken back. Errors: not_found, discovery.topics with near misses. */
export async function correctTopics(infra: Infra, call: Call<typeof correctCreatorTopics>): Promise<CreatorTopics> {
  const { workspaceId, actor, input } = call;
  const topics = input.topics === null ? null : [...new Set(input.topics)];
  refuseUnknown(topics ?? []);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const person = await getPerson(tx, workspaceId, input.personId);
    const before = await topicsOf(tx, workspaceId, person.id);
    if (topics === null) await dropCorrection(tx, workspaceId, person.id);
    else
      await saveCorrection(tx, workspaceId, {
        person_id: person.id,
        topics,
        reason: input.reason,
        corrected_by: actor.name,
        corrected_at: infra.clock.now(),
      });
    const after = await topicsOf(tx, workspaceId, person.id);
    await stateFacts(infra, tx, {
      workspaceId,
      statedBy: 'discovery',
      facts: [{ personId: person.id, name: 'topics', value: topicsFact(after.topics) }],
    });
    await recordAudit(tx, {
      ...call,
      action: 'creator.topics_corrected',
      subjectKind: 'creator',
      subjectId: person.id,
      changes: { topics: { from: before.topics, to: after.topics }, reason: input.reason },
    });
    return after;
  });
}

function refuseUnknown(topics: readonly string[]): void {
  const known = topicSeeds.map((seed) => seed.topic);
  const faults = topics.flatMap((topic, at) => {
    if (known.includes(topic)) return [];
    const hint = didYouMean(topic, known);
    return [{ field: `topics.${at}`, message: `"${topic}" is no topic of the taxonomy: ${hint}` }];
  });
  if (faults.length > 0) throw discoveryError('topics', faults[0]?.message ?? 'A topic is not known.', faults);
}

async function topicsOf(tx: Tx, workspaceId: string, personId: string): Promise<CreatorTopics> {
  const content = (await readContent(tx, workspaceId, [personId])).get(personId);
  const correction = (await correctionsOf(tx, workspaceId, [personId])).get(personId);
  const learnt = content?.topics ?? [];
  return {
    personId,
    topics: correction?.topics ?? learnt.map((one) => one.topic),
    learnt,
    texts: content?.texts ?? 0,
    learntAt: content?.made_at.toISOString() ?? null,
    note: noteOf(content === undefined, learnt.length),
    correction:
      correction === undefined
        ? null
        : {
            topics: correction.topics,
            reason: correction.reason,
            by: correction.corrected_by,
            at: correction.corrected_at.toISOString(),
          },
  };
}

function noteOf(isWaiting: boolean, learnt: number): string | null {
  if (isWaiting) return 'The texts of this creator have not been read yet; that happens in the background.';
  return learnt === 0 ? 'Not enough data: too few words speak for any topic.' : null;
}
