import type { Tx } from '#infra/db/database.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { selectOpenAppeals } from './queries/appeals.ts';
import { selectGroups } from './queries/groups.ts';
import { ruleNamed } from './rules/all-rules.ts';

const shownMax = 20;

/** Groups that wait for a decision, those that hold credit first, and appeals that wait for an answer. */
export async function openWork(tx: Tx, workspaceId: string): Promise<OpenWork[]> {
  const appeals = await selectOpenAppeals(tx, workspaceId, shownMax);
  const groups = (await selectGroups(tx, workspaceId, { state: 'open', limit: shownMax * 5 }))
    .filter((group) => group.mode === 'enforce' || group.severity === 'high')
    .slice(0, shownMax);
  const cards = await readPersonCards(
    tx,
    workspaceId,
    [...appeals, ...groups].flatMap((row) => row.person_id ?? []),
  );
  const nameOf = (id: string | null) => (id === null ? 'somebody' : (cards.get(id)?.name ?? 'a creator'));
  return [
    ...appeals.map((appeal) => ({
      kind: 'fraud.appeal',
      title: `${nameOf(appeal.person_id)} objects to a hold`,
      detail: appeal.body.slice(0, 200),
      since: appeal.made_at.toISOString(),
      dueOn: null,
      path: `/tracking/fraud/${appeal.group_id}`,
      campaignId: null,
      personId: appeal.person_id,
    })),
    ...groups.map((group) => ({
      kind: group.mode === 'enforce' ? 'fraud.held' : 'fraud.to_look',
      title: `${ruleNamed(group.rule).title}: ${nameOf(group.person_id)}`,
      detail: group.says,
      since: group.opened_at.toISOString(),
      dueOn: null,
      path: `/tracking/fraud/${group.id}`,
      campaignId: null,
      personId: group.person_id,
    })),
  ];
}
