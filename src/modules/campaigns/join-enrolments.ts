import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { machine } from './advance-enrolment.ts';
import { campaignRows, settleOwnRows } from './carry-own-rows.ts';
import { selectStages } from './queries/campaigns.ts';
import { lockEnrolment } from './queries/change-enrolment.ts';
import {
  type JoinRow,
  lockJoin,
  markParted,
  noteAfter,
  restoreFields,
  selectChangedSince,
  selectStandingJoins,
  selectToJoin,
  setPerson,
  writeFields,
  writeJoin,
} from './queries/joins.ts';
import { shareCampaign } from './read-campaigns.ts';
import { recordRosterChanges } from './record-change.ts';
import { joinFields } from './rules/join-fields.ts';
import { hasAnotherEntry, sayChanged } from './rules/say-parting.ts';
import { stateRelations } from './state-relations.ts';

/** Why a joined enrolment is off the roster, in the words of the page. */
const joinedReason = 'Brought together with this creator’s other entry';
/** Rounds of parting and joining: each round follows at least one merge; more merges of one person than this are left to their own events. */
const roundsMax = 100;

/**
 * Brings the enrolments of these persons in line with who is merged into whom now, whatever events came before and in which order: enrolments of a merged
 * person go to the kept one, two on one campaign become one, and what stands by a merge that was undone is parted again. Doing it again changes nothing.
 */
export async function settleEnrolments(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personIds: readonly string[] },
): Promise<void> {
  const { workspaceId } = of;
  const touched = new Set(of.personIds);
  for (let round = 0; round < roundsMax; round += 1) {
    const joins = await selectStandingJoins(tx, workspaceId, [...touched]);
    for (const join of joins) for (const id of [join.joined_person_id, join.kept_person_id]) touched.add(id);
    const cards = await readPersonCards(tx, workspaceId, [...touched]);
    const isOf = (personId: string) => cards.get(personId)?.personId;
    // The newest first: a chain of merges is undone from its end.
    const over = joins.find((join) => {
      const now = isOf(join.joined_person_id);
      return now !== undefined && now !== isOf(join.kept_person_id);
    });
    if (over === undefined) break;
    await part(infra, tx, { workspaceId, join: over });
  }
  const cards = await readPersonCards(tx, workspaceId, [...touched]);
  for (const personId of [...touched].sort()) {
    const keptPersonId = cards.get(personId)?.personId;
    if (keptPersonId === undefined || keptPersonId === personId) continue;
    for (const row of await selectToJoin(tx, workspaceId, { personId, keptPersonId })) {
      const joined = { workspaceId, joinedId: row.id, campaignId: row.campaign_id, personId, keptPersonId };
      if (row.kept_id === null) await rename(infra, tx, joined);
      else await join(infra, tx, { ...joined, keptId: row.kept_id });
    }
  }
  await stateRelations(infra, tx, { workspaceId, personIds: [...touched] });
}

interface Joining {
  workspaceId: string;
  joinedId: string;
  campaignId: string;
  personId: string;
  keptPersonId: string;
}

/** The kept person is not on the campaign: the enrolment becomes theirs. */
async function rename(infra: Infra, tx: Tx, of: Joining): Promise<void> {
  const { workspaceId, joinedId: id, campaignId, personId, keptPersonId } = of;
  await shareCampaign(tx, workspaceId, campaignId);
  await setPerson(tx, workspaceId, { id, from: personId, to: keptPersonId });
  await writeJoin(tx, workspaceId, {
    ...{ joinedId: id, keptId: id, campaignId, joinedPersonId: personId, keptPersonId },
    ...{ feeQuestion: 'none', at: infra.clock.now() },
  });
  await settle(tx, { ...of, keptId: id });
  await tell(infra, tx, { ...of, keptId: id, what: 'joined', isSame: true });
}

async function join(infra: Infra, tx: Tx, of: Joining & { keptId: string }): Promise<void> {
  const { workspaceId, joinedId, keptId, campaignId, personId, keptPersonId } = of;
  const campaign = await shareCampaign(tx, workspaceId, campaignId);
  const rows = new Map<string, Awaited<ReturnType<typeof lockEnrolment>>>();
  for (const id of [joinedId, keptId].sort()) rows.set(id, await lockEnrolment(tx, workspaceId, id));
  const [joined, kept] = [rows.get(joinedId), rows.get(keptId)];
  if (joined === undefined || kept === undefined || joined.joined_into !== null) return;
  const stages = (await selectStages(tx, workspaceId, [campaignId])).map((stage) => stage.name);
  const fields = joinFields(kept, joined, { stages, currency: campaign.currency });
  const at = infra.clock.now();
  const key = { joinedId, joinedPersonId: personId };
  const feeQuestion = fields.isQuestion ? 'open' : 'none';
  await writeJoin(tx, workspaceId, { ...key, keptId, campaignId, keptPersonId, feeQuestion, at });
  await writeFields(tx, workspaceId, { id: keptId, fields: wanted(fields.kept) });
  const off = { removed_at: joined.removed_at ?? at, removed_reason: joined.removed_reason ?? joinedReason };
  await writeFields(tx, workspaceId, { id: joinedId, fields: { ...fields.joined, ...off, joined_into: keptId } });
  await noteAfter(tx, workspaceId, key);
  await settle(tx, of);
  const text = (value: bigint | null) => value?.toString() ?? null;
  const changes = {
    fee: { kept: text(kept.fee_minor), joined: text(joined.fee_minor), now: text(fields.kept.fee_minor) },
    ...(fields.isQuestion ? { feeQuestion: true } : {}),
    ...(kept.stage === fields.kept.stage ? {} : { stage: { from: kept.stage, to: fields.kept.stage } }),
  };
  await tell(infra, tx, { ...of, what: 'joined', changes });
}

/** Only the columns a join decides, so that nothing else of the row is written again. */
function wanted(side: ReturnType<typeof joinFields>['kept']) {
  const { stage, stage_since, profile_id, fee_minor, fee_paid_on, signed_fee_minor, signed_fee_currency } = side;
  const { product_cost_minor, postage_minor, postage_assumed_minor, note, owner_id, blocker, blocker_since } = side;
  const { respond_by, drafts_by, live_from, live_until, tags, contract_ended_on, contract_end_reason } = side;
  return {
    ...{ stage, stage_since, profile_id, fee_minor, fee_paid_on, signed_fee_minor, signed_fee_currency },
    ...{ product_cost_minor, postage_minor, postage_assumed_minor, note, owner_id, blocker, blocker_since },
    ...{ respond_by, drafts_by, live_from, live_until, tags, contract_ended_on, contract_end_reason },
    ...{ removed_at: side.removed_at, removed_reason: side.removed_reason },
  };
}

/** Undoes a join: each row as it stood, but what somebody changed since; what cannot be put back is said in the history. */
async function part(infra: Infra, tx: Tx, of: { workspaceId: string; join: JoinRow }): Promise<void> {
  const { workspaceId } = of;
  const key = { joinedId: of.join.joined_id, joinedPersonId: of.join.joined_person_id };
  const row = await lockJoin(tx, workspaceId, key);
  if (row === undefined || row.parted_at !== null) return;
  const { joined_id: joinedId, kept_id: keptId, campaign_id: campaignId } = row;
  await shareCampaign(tx, workspaceId, campaignId);
  const isSame = joinedId === keptId;
  const left: string[] = [];
  if (isSame) {
    const person = { id: joinedId, from: row.kept_person_id, to: row.joined_person_id };
    if (!(await setPerson(tx, workspaceId, person))) left.push(hasAnotherEntry);
  } else {
    for (const id of [joinedId, keptId].sort()) await lockEnrolment(tx, workspaceId, id);
    const { changed, keepsFee } = await selectChangedSince(tx, workspaceId, row);
    await restoreFields(tx, workspaceId, { join: row, keepsFee });
    left.push(...sayChanged({ changed, keepsFee }));
  }
  await markParted(tx, workspaceId, { ...key, at: infra.clock.now() });
  const carried = {
    workspaceId,
    joinedId,
    keptPersonId: row.kept_person_id,
    personId: row.joined_person_id,
    campaignId,
  };
  await settle(tx, { ...carried, keptId: null });
  await tell(infra, tx, { ...carried, keptId, what: 'parted', isSame, changes: left.length === 0 ? {} : { left } });
}

async function settle(tx: Tx, of: Joining & { keptId: string | null }): Promise<void> {
  const { workspaceId, joinedId, keptId, personId: joinedPersonId, keptPersonId } = of;
  await settleOwnRows(tx, { workspaceId, joinedId, keptId, joinedPersonId, keptPersonId }, campaignRows);
}

async function tell(
  infra: Infra,
  tx: Tx,
  of: Joining & {
    keptId: string;
    what: 'joined' | 'parted';
    isSame?: boolean;
    changes?: Record<string, unknown>;
  },
): Promise<void> {
  const { workspaceId, campaignId, joinedId, keptId } = of;
  const call = { workspaceId, actor: machine, requestId: newId('request', infra.clock.now().getTime()) };
  const changes = { ...of.changes, joinedEnrolmentId: joinedId, joinedPersonId: of.personId };
  const row = { enrolmentId: keptId, personId: of.keptPersonId, changes };
  const join = { joinedEnrolmentId: joinedId, joinedPersonId: of.personId };
  await recordRosterChanges(infra, tx, { call, campaignId, what: of.what, rows: [{ ...row, join }] });
}
