import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { fromMoneyJson, toMoneyJson } from '#kernel/money.ts';
import { dayIn } from '#kernel/time.ts';
import { type CreditTotal, readCredits } from '#modules/attribution/index.ts';
import { listWorkOfPerson, type WorkOnCampaign } from '#modules/campaigns/index.ts';
import { readReplyHours } from '#modules/outreach/index.ts';
import { readApprovedRounds } from '#modules/submissions/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { CampaignWork, getRelationship as getEndpoint, PastWork, Relationship, RelationshipSum } from './api.ts';
import { getCreator } from './find-creator.ts';
import { presentFlags } from './flags.ts';
import { presentManagers } from './keep-managers.ts';
import { countIncidents, selectFlags } from './queries/incidents.ts';
import { selectManagers } from './queries/managers.ts';
import { type PastWorkRow, selectPastWork } from './queries/past-work.ts';
import { judgePieces, meanOf, medianOf, type Piece, shareOf, sumMoney } from './rules/sum-relationship.ts';
import { readOpinions } from './save-opinion.ts';

const everFrom = '2000-01-01';

/** What we and a creator had with each other, across campaigns. Error: not_found. */
export async function getRelationship(infra: Infra, call: Call<typeof getEndpoint>): Promise<Relationship> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const card = await getCreator(tx, workspaceId, input.personId);
    const { personId } = card;
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const now = infra.clock.now();
    const today = dayIn(timeZone, now);
    const work = await listWorkOfPerson(tx, workspaceId, { personId, clock: infra.clock });
    const credits = await readCredits(tx, { workspaceId, personId, from: everFrom, to: today, timeZone });
    const past = await selectPastWork(tx, workspaceId, personId);
    const rounds = await readApprovedRounds(tx, workspaceId, personId);
    const replies = await readReplyHours(tx, workspaceId, personId);
    const opinions = await readOpinions(tx, workspaceId, personId);
    const flags = await selectFlags(tx, workspaceId, { personIds: [personId], withLifted: false, limit: 1 });
    const managers = await presentManagers(tx, workspaceId, await selectManagers(tx, workspaceId, { personId }));
    const [flag] = await presentFlags(tx, workspaceId, flags);
    const incidents = await countIncidents(tx, workspaceId, personId);
    return {
      personId,
      name: card.name,
      asOf: now.toISOString(),
      sum: {
        ...sumUp({ work, past, rounds, replies, today, timeZone }),
        ...countAgain(opinions),
        ...countsOf(incidents),
      },
      flag: flag ?? null,
      campaigns: work.map((one) => toWork(one, { credits, rounds, today, timeZone })),
      pastWork: past.map(toPastWork),
      opinions,
      managers: managers.map(({ creators: _, ...about }) => about),
    };
  });
}

function countsOf(of: Awaited<ReturnType<typeof countIncidents>>) {
  return { strikes: of.strikes, openIncidents: of.open, brandStrikes: of.brandStrikes };
}

function countAgain(opinions: Relationship['opinions']): Pick<RelationshipSum, 'again'> {
  const again = { yes: 0, maybe: 0, no: 0 };
  for (const opinion of opinions) if (opinion.holds) again[opinion.again] += 1;
  return { again };
}

function piecesOf(one: WorkOnCampaign, timeZone: string): Piece[] {
  return one.pieces.map((piece) => ({
    dueOn: piece.due_on,
    liveOn: piece.state === 'live' && piece.live_at !== null ? dayIn(timeZone, piece.live_at) : null,
  }));
}

function hasWorked({ enrolment, pieces }: WorkOnCampaign): boolean {
  const isAgreed = enrolment.phase !== 'considering';
  if (enrolment.removedAt === null) return isAgreed;
  return isAgreed && (enrolment.feePaidOn !== null || pieces.some((piece) => piece.state === 'live'));
}

function sumUp(of: {
  work: readonly WorkOnCampaign[];
  past: readonly PastWorkRow[];
  rounds: readonly { enrolmentId: string; rounds: number }[];
  replies: readonly number[];
  today: string;
  timeZone: string;
}): Omit<RelationshipSum, 'again' | 'strikes' | 'openIncidents' | 'brandStrikes'> {
  const { work, past } = of;
  const worked = past.filter((row) => row.standing === 'worked');
  // What a creator was taken off from before it was due says nothing of their punctuality.
  const here = work.filter(hasWorked).flatMap((one) => piecesOf(one, of.timeZone));
  const before = worked.map((row) => ({ dueOn: row.due_on, liveOn: row.posted_on }));
  const kept = judgePieces([...here, ...before], of.today);
  const paidHere = work.flatMap(({ enrolment: { fee, feePaidOn } }) =>
    fee === null || feePaidOn === null ? [] : [fromMoneyJson(fee)],
  );
  const paidBefore = past.flatMap((row) => {
    const amountMinor = row.paid_minor ?? (row.paid_on === null ? null : row.fee_minor);
    return amountMinor === null || row.currency === null ? [] : [{ amountMinor, currency: row.currency }];
  });
  const paid = [...paidHere, ...paidBefore].filter((money) => money.amountMinor > 0n);
  const confirms = work.flatMap(({ briefs }) =>
    briefs.flatMap((brief) =>
      brief.acknowledged_at === null
        ? []
        : [(brief.acknowledged_at.getTime() - brief.first_sent_at.getTime()) / 3_600_000],
    ),
  );
  const ratings = past.flatMap((row) => (row.rating === null ? [] : [Number(row.rating)]));
  return {
    campaigns: work.filter(hasWorked).length + new Set(worked.map((row) => row.campaign_name.toLowerCase())).size,
    imported: past.length,
    paid: sumMoney(paid).map(toMoneyJson),
    paidCount: paid.length,
    onTime: shareOf(kept.onTime, kept.onTime + kept.late),
    daysLate: medianOf(kept.daysLate),
    overdue: kept.overdue,
    postRate: shareOf(kept.liveOfDue, kept.due),
    draftRounds: medianOf(of.rounds.map((row) => row.rounds)),
    replyHours: medianOf(of.replies),
    confirmHours: medianOf(confirms),
    rating: meanOf(ratings),
  };
}

function toWork(
  one: WorkOnCampaign,
  of: {
    credits: readonly CreditTotal[];
    rounds: readonly { enrolmentId: string; rounds: number }[];
    today: string;
    timeZone: string;
  },
): CampaignWork {
  const { campaign, enrolment } = one;
  const kept = judgePieces(piecesOf(one, of.timeZone), of.today);
  const credits = of.credits.filter((credit) => credit.campaignId === campaign.id);
  const own = of.rounds.filter((row) => row.enrolmentId === enrolment.id);
  return {
    campaign: {
      id: campaign.id,
      name: campaign.name,
      state: campaign.state,
      startsOn: campaign.starts_on,
      endsOn: campaign.ends_on,
    },
    enrolmentId: enrolment.id,
    stage: enrolment.stageLabel,
    hasWorked: hasWorked(one),
    removedReason: enrolment.removedReason,
    isRemoved: enrolment.removedAt !== null,
    fee: enrolment.fee,
    feeState: enrolment.feeState,
    paidOn: enrolment.feePaidOn,
    goods: enrolment.productCost,
    posts: {
      planned: one.pieces.length,
      live: one.pieces.filter((piece) => piece.state === 'live').length,
      onTime: kept.onTime,
      late: kept.late,
      overdue: kept.overdue,
      daysLateMax: kept.daysLate.length === 0 ? null : Math.max(...kept.daysLate),
    },
    draftRounds: own.length === 0 ? null : Math.max(...own.map((row) => row.rounds)),
    orders: credits.reduce((sum, credit) => sum + Number(credit.orders), 0),
    revenue: sumMoney(credits.map(({ creditedMinor, currency }) => ({ amountMinor: creditedMinor, currency }))).map(
      toMoneyJson,
    ),
  };
}

export function toPastWork(row: PastWorkRow): PastWork {
  const money = (amountMinor: bigint | null) =>
    amountMinor === null || row.currency === null ? null : toMoneyJson({ amountMinor, currency: row.currency });
  return {
    id: row.id,
    source: row.source,
    campaignName: row.campaign_name,
    status: row.status,
    standing: row.standing,
    fee: money(row.fee_minor),
    paid: money(row.paid_minor),
    paidOn: row.paid_on,
    postUrl: row.post_url,
    postedOn: row.posted_on,
    dueOn: row.due_on,
    rating: row.rating === null ? null : Number(row.rating),
    again: row.again as PastWork['again'],
    note: row.note,
    importedAt: row.imported_at.toISOString(),
  };
}

/** For the timeline. */
export async function readPastWork(tx: Tx, workspaceId: string, personId: string): Promise<PastWork[]> {
  return (await selectPastWork(tx, workspaceId, personId)).map(toPastWork);
}
