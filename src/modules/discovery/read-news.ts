import type { Infra } from '#infra/module.ts';
import { type Horizon, readChanges } from '#infra/outbox/read-changes.ts';
import {
  creatorsChanged,
  creatorsMerged,
  creatorsRemoved,
  creatorsSplit,
  mergePayload,
  personIdsPayload,
} from '#modules/creators/index.ts';
import { listChangedPayload, listsChanged, vectorsChanged } from './events.ts';

/** Events after which an index is no longer what the database says. */
export const followedEvents = [
  creatorsChanged,
  creatorsRemoved,
  creatorsMerged,
  creatorsSplit,
  listsChanged,
  vectorsChanged,
];

/** Up to where an index has everything, and which later events it has too. */
export interface Followed {
  horizon: Horizon;
  seenIds: ReadonlySet<string>;
}

export interface News {
  personIds: Set<string>;
  listIds: Set<string>;
  /** True when somebody is gone, which a snapshot should not outlive for long. */
  hasRemovals: boolean;
  /** Where to go on when this is taken in. */
  followed: Followed;
}

/** What changed in a workspace since an index last looked: whom and which lists to read again. */
export async function readNews(infra: Infra, workspaceId: string, followed: Followed): Promise<News> {
  const found = await infra.db.asSystem((tx) =>
    readChanges(tx, { workspaceId, names: followedEvents, since: followed.horizon, seenIds: followed.seenIds }),
  );
  const news: News = {
    personIds: new Set(),
    listIds: new Set(),
    hasRemovals: false,
    followed: { horizon: found.horizon, seenIds: new Set(found.stillSeenIds) },
  };
  for (const { name, payload } of found.events) {
    if (name === listsChanged) news.listIds.add(listChangedPayload.parse(payload).listId);
    else if (name === creatorsMerged || name === creatorsSplit) {
      const merge = mergePayload.parse(payload);
      news.personIds.add(merge.keptPersonId).add(merge.absorbedPersonId);
    } else for (const id of personIdsPayload.parse(payload).personIds) news.personIds.add(id);
    news.hasRemovals ||= name === creatorsRemoved;
  }
  return news;
}
