import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type {
  changeDeliverableState as changeStateEndpoint,
  Deliverable,
  DeliverableState,
  updateDeliverable as updateEndpoint,
} from './api.ts';
import { differences } from './differences.ts';
import { campaignsError } from './errors.ts';
import {
  type DeliverableChange,
  type DeliverableRow,
  lockDeliverable,
  selectDeliverable,
  updateDeliverableRow,
} from './queries/content.ts';
import { readToday } from './read-campaigns.ts';
import { presentDeliverables } from './read-deliverables.ts';
import { recordContentChanges } from './record-change.ts';
import { urlKey } from './rules/url-key.ts';
import { readPast, stepDeliverable } from './set-deliverable-state.ts';

/** Changes what was given of a deliverable. Errors: not_found, bad_day, no_live_url. */
export async function updateDeliverable(infra: Infra, call: Call<typeof updateEndpoint>): Promise<Deliverable> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await holdDeliverable(tx, workspaceId, input.deliverableId);
    if (row.state === 'live' && input.liveUrl === null) {
      const message = 'A live deliverable keeps its address. Move it back to approved first.';
      throw campaignsError('no_live_url', `liveUrl: ${message}`, [{ field: 'liveUrl', message }]);
    }
    const wanted: DeliverableChange = {
      ...(input.title === undefined ? {} : { title: input.title }),
      ...(input.format === undefined ? {} : { format: input.format }),
      ...(input.dueOn === undefined ? {} : { due_on: input.dueOn }),
      ...(input.liveUrl === undefined ? {} : { live_url: input.liveUrl }),
      ...(input.liveAt === undefined ? {} : { live_at: input.liveAt === null ? null : readPast(infra, input.liveAt) }),
    };
    const { change, changes } = differences<DeliverableChange>(row, wanted);
    if (Object.keys(change).length > 0) {
      const key =
        change.live_url === undefined
          ? {}
          : { live_url_key: change.live_url === null ? null : urlKey(change.live_url) };
      await updateDeliverableRow(tx, workspaceId, { id: row.id, change: { ...change, ...key }, at: infra.clock.now() });
      await recordContentChanges(infra, tx, {
        call,
        campaignId: row.campaign_id,
        what: 'changed',
        rows: [{ deliverableId: row.id, changes }],
      });
    }
    return getDeliverable(infra, tx, { workspaceId, id: row.id });
  });
}

/** Moves a deliverable on; asking again for the state it has changes nothing. Errors: not_found, state_changed, step_not_allowed, no_live_url, bad_day. */
export async function changeDeliverableState(
  infra: Infra,
  call: Call<typeof changeStateEndpoint>,
): Promise<Deliverable> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await holdDeliverable(tx, workspaceId, input.deliverableId);
    const state = row.state as DeliverableState;
    if (state === input.to) return getDeliverable(infra, tx, { workspaceId, id: row.id });
    if (state !== input.from)
      throw campaignsError(
        'state_changed',
        `"${row.title}" is ${state} by now, not ${input.from}. Look at it again before you change it.`,
      );
    const { to, liveUrl, liveAt } = input;
    const { actor: by, requestId } = call;
    await stepDeliverable(infra, tx, { workspaceId, deliverableId: row.id, row, to, liveUrl, liveAt, by, requestId });
    return getDeliverable(infra, tx, { workspaceId, id: row.id });
  });
}

async function holdDeliverable(tx: Tx, workspaceId: string, id: string): Promise<DeliverableRow> {
  const row = await lockDeliverable(tx, workspaceId, id);
  if (row === undefined) throw notFound('deliverable');
  return row;
}

/** One deliverable as it is answered. Error: not_found. */
export async function getDeliverable(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; id: string },
): Promise<Deliverable> {
  const row = await selectDeliverable(tx, of.workspaceId, of.id);
  const today = await readToday(tx, of.workspaceId, infra.clock);
  const [deliverable] = row === undefined ? [] : await presentDeliverables(tx, of.workspaceId, { rows: [row], today });
  if (deliverable === undefined) throw notFound('deliverable');
  return deliverable;
}
