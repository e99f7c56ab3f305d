import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import * as campaigns from '#modules/campaigns/index.ts';
import * as content from '#modules/content/index.ts';
import * as contracts from '#modules/contracts/index.ts';
import * as fraud from '#modules/fraud/index.ts';
import * as outreach from '#modules/outreach/index.ts';
import * as portal from '#modules/portal/index.ts';
import * as relationships from '#modules/relationships/index.ts';
import * as seeding from '#modules/seeding/index.ts';
import * as submissions from '#modules/submissions/index.ts';
import * as webhooks from '#modules/webhooks/index.ts';

/** What waits for members, as each module tells it. A new module that has such work is asked here. */
export async function readWork(infra: Infra, tx: Tx, of: { workspaceId: string; today: string }): Promise<OpenWork[]> {
  const { workspaceId, today } = of;
  return [
    ...(await campaigns.openWork(tx, workspaceId, { today })),
    ...(await campaigns.briefOpenWork(tx, workspaceId, { now: infra.clock.now() })),
    ...(await submissions.openWork(infra, tx, workspaceId)),
    ...(await content.openWork(infra, tx, workspaceId)),
    ...(await contracts.openWork(infra, tx, workspaceId)),
    ...(await relationships.openWork(tx, workspaceId)),
    ...(await seeding.openWork(tx, workspaceId)),
    ...(await outreach.openWork(tx, workspaceId)),
    ...(await fraud.openWork(tx, workspaceId)),
    ...(await portal.openWork(tx, workspaceId)),
    ...(await webhooks.openWork(tx, workspaceId, { now: infra.clock.now() })),
  ];
}
