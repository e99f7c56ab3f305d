import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { findEnrolments } from '#modules/campaigns/index.ts';
import { readPersonCards, stateFact } from '#modules/creators/index.ts';
import {
  type addDoNotGift as addEndpoint,
  type DoNotGift,
  doNotGiftReasonSchema,
  doNotGiftWords,
  type listDoNotGift as listEndpoint,
  type removeDoNotGift as removeEndpoint,
} from '../api.ts';
import { record } from '../frame.ts';
import { type BarredRow, deleteBarred, selectBarred, selectDelivered, upsertBarred } from '../queries/people.ts';

const listMax = 5000;
/** The name of the fact about a creator; search and creator pages read it. */
export const doNotGiftFact = 'do_not_gift';

/** Who is to be sent nothing, with what became of parcels sent to them. */
export async function listBarred(infra: Infra, call: Call<typeof listEndpoint>) {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectBarred(tx, workspaceId, { personIds: input.personIds ?? null, limit: listMax });
    const personIds = rows.map((row) => row.person_id);
    const cards = await readPersonCards(tx, workspaceId, personIds);
    const delivered = await selectDelivered(tx, workspaceId, personIds);
    const enrolments = new Map(
      (
        await findEnrolments(tx, workspaceId, { ids: delivered.map((one) => one.enrolment_id), clock: infra.clock })
      ).map((one) => [one.id, one]),
    );
    const of = Map.groupBy(delivered, (one) => one.person_id);
    return rows.map((row) => {
      const own = of.get(row.person_id) ?? [];
      const card = cards.get(row.person_id);
      return {
        ...toDoNotGift(row),
        personId: row.person_id,
        name: card?.name ?? 'A creator who was erased',
        handle: card?.profiles[0]?.handle ?? null,
        record: {
          parcels: own.reduce((sum, one) => sum + one.n, 0),
          posted: own.reduce(
            (sum, one) => sum + ((enrolments.get(one.enrolment_id)?.deliverables.live ?? 0) > 0 ? one.n : 0),
            0,
          ),
        },
      };
    });
  });
}

export function toDoNotGift(row: BarredRow): DoNotGift {
  return {
    reason: doNotGiftReasonSchema.catch('other').parse(row.reason),
    note: row.note,
    by: row.added_by,
    at: row.added_at.toISOString(),
  };
}

/** Puts a creator on the list, or changes why they are. Error: not_found. */
export async function addBarred(infra: Infra, call: Call<typeof addEndpoint>): Promise<DoNotGift> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await checkPerson(tx, workspaceId, input.personId);
    const note = input.note === '' ? null : input.note;
    const row = {
      person_id: input.personId,
      reason: input.reason,
      note,
      added_by: actor.name,
      added_at: infra.clock.now(),
    };
    await upsertBarred(tx, workspaceId, row);
    await stateBarred(infra, tx, { workspaceId, personId: input.personId });
    await record(infra, tx, {
      frame: call,
      action: 'creator.do-not-gift',
      event: 'creator.do_not_gift',
      subject: { kind: 'creator', id: input.personId },
      changes: { reason: input.reason, note },
      payload: { personId: input.personId },
    });
    return toDoNotGift(row);
  });
}

/** Takes a creator off the list; one who is not on it changes nothing. Error: not_found. */
export async function removeBarred(infra: Infra, call: Call<typeof removeEndpoint>): Promise<null> {
  const { workspaceId, input } = call;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    await checkPerson(tx, workspaceId, input.personId);
    if ((await deleteBarred(tx, workspaceId, [input.personId])) === 0) return;
    await stateBarred(infra, tx, { workspaceId, personId: input.personId });
    await record(infra, tx, {
      frame: call,
      action: 'creator.may-be-gifted',
      event: null,
      subject: { kind: 'creator', id: input.personId },
      payload: { personId: input.personId },
    });
  });
  return null;
}

async function checkPerson(tx: Tx, workspaceId: string, personId: string): Promise<void> {
  const card = (await readPersonCards(tx, workspaceId, [personId])).get(personId);
  if (card === undefined || card.personId !== personId) throw notFound('creator');
}

/** States what stands on the list as a fact about the creator. */
export async function stateBarred(infra: Infra, tx: Tx, of: { workspaceId: string; personId: string }): Promise<void> {
  const [row] = await selectBarred(tx, of.workspaceId, { personIds: [of.personId], limit: 1 });
  const value =
    row === undefined
      ? null
      : { reason: row.reason, words: doNotGiftWords[toDoNotGift(row).reason], at: row.added_at.toISOString() };
  await stateFact(infra, tx, { ...of, name: doNotGiftFact, value, statedBy: 'seeding' });
}
