import type { Clock } from '#infra/clock.ts';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { type PersonCard, readPersonCards } from '#modules/creators/index.ts';
import type { CampaignReport } from '#modules/reports/api.ts';
import { readLiveReports } from '#modules/reports/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { type Best, type countToday, type getToday, type Need, type Quiet, type Today, weeksBefore } from './api.ts';
import { selectBeginnings } from './queries/open-tracking.ts';
import { selectSilences, selectWeeks } from './queries/week.ts';
import { readOpenThings } from './read-needs.ts';
import { readWork } from './read-work.ts';
import { sumWeeks } from './rules/best-of-week.ts';
import { firstSteps } from './rules/first-steps.ts';
import { judgeSilence } from './rules/gone-quiet.ts';
import { headlineOf, sublineOf } from './rules/headline.ts';
import { listNeeds } from './rules/list-needs.ts';

const bestShown = 4;
const quietShown = 5;
/** Ended campaigns still looked at for missing results. */
const endedDays = 14;

interface Frame {
  today: string;
  timeZone: string;
  currency: string;
  clock: Clock;
}

/** The page of the day. */
export function describeToday(infra: Infra, { workspaceId, actor }: Call<typeof getToday>): Promise<Today> {
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const frame = await readFrame(tx, workspaceId, infra.clock);
    const { reports, open, needs } = await readNeeds(infra, tx, { workspaceId, ...frame, readerId: actor.id });
    const beginnings = await selectBeginnings(tx, workspaceId);
    return {
      computedAt: infra.clock.now().toISOString(),
      day: frame.today,
      title: headlineOf(needs),
      sub: sublineOf({
        today: frame.today,
        goals: open.goals.map((goal) => ({ ...goal, campaign: goal.campaign.name })),
      }),
      needs,
      goals: reports
        .filter((report) => report.campaign.state === 'live')
        .flatMap(({ campaign, goals }) =>
          goals
            .filter((goal) => goal.daysLeft >= 0)
            .map((goal) => ({ campaign: { id: campaign.id, name: campaign.name }, goal })),
        ),
      best: await readBest(tx, workspaceId, frame),
      quiet: await readQuiet(tx, workspaceId, frame),
      steps: firstSteps({
        hasCreators: beginnings.has_creators,
        hasChosen: beginnings.has_lists,
        hasCampaigns: beginnings.has_campaigns,
      }),
    };
  });
}

/** How many things need somebody: the number in the rail. */
export function countNeeds(infra: Infra, { workspaceId, actor }: Call<typeof countToday>) {
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const frame = await readFrame(tx, workspaceId, infra.clock);
    const { needs } = await readNeeds(infra, tx, { workspaceId, ...frame, readerId: actor.id });
    return { needs: needs.length, late: needs.filter((need) => need.tier === 'late' || need.tier === 'now').length };
  });
}

async function readFrame(tx: Tx, workspaceId: string, clock: Clock): Promise<Frame> {
  const { timeZone, currency } = await getWorkspace(tx, workspaceId);
  return { today: dayIn(timeZone, clock.now()), timeZone, currency, clock };
}

async function readNeeds(infra: Infra, tx: Tx, frame: Frame & { workspaceId: string; readerId: string }) {
  const { workspaceId } = frame;
  const live = await readLiveReports(tx, workspaceId, { states: ['live'], clock: frame.clock });
  const ended = await readLiveReports(tx, workspaceId, {
    states: ['ended'],
    from: addDays(frame.today, -endedDays),
    clock: frame.clock,
  });
  const reports: CampaignReport[] = [...live, ...ended];
  const work = await readWork(infra, tx, frame);
  const open = await readOpenThings(tx, workspaceId, { reports, work, ...frame });
  const needs: Need[] = listNeeds(open);
  return { reports, open, needs };
}

async function readBest(tx: Tx, workspaceId: string, frame: Frame): Promise<Best[]> {
  const { currency } = frame;
  const rows = await selectWeeks(tx, workspaceId, { ...frame, weeks: weeksBefore + 1 });
  const money = (amountMinor: bigint) => toMoneyJson({ amountMinor, currency });
  const ranked = [...Map.groupBy(rows, (row) => row.person_id)]
    .map(([personId, weeks]) => ({
      personId,
      sums: sumWeeks(weeks.map((week) => ({ week: week.week, orders: Number(week.orders), netMinor: week.net_minor }))),
    }))
    .filter(({ sums }) => sums.orders > 0)
    .toSorted((a, b) => {
      const difference = (b.sums.revenue[0] ?? 0n) - (a.sums.revenue[0] ?? 0n);
      return difference > 0n ? 1 : difference < 0n ? -1 : a.personId < b.personId ? -1 : 1;
    })
    .slice(0, bestShown);
  const cards = await readPersonCards(
    tx,
    workspaceId,
    ranked.map(({ personId }) => personId),
  );
  return ranked.map(({ personId, sums }) => ({
    person: toPerson(personId, cards.get(personId)),
    revenue: money(sums.revenue[0] ?? 0n),
    orders: sums.orders,
    weeks: sums.revenue.toReversed().map(money),
    change: sums.change,
    changeReason: sums.changeReason,
    before: sums.before,
  }));
}

async function readQuiet(tx: Tx, workspaceId: string, frame: Frame): Promise<Today['quiet']> {
  const now = frame.clock.now();
  const judged = (await selectSilences(tx, workspaceId)).map((row) => ({
    row,
    habit: judgeSilence(
      {
        posts: Number(row.posts),
        lastPostAt: row.last_post_at,
        readAt: row.read_at,
        longestGapS: row.longest_gap_s,
      },
      now,
    ),
  }));
  const quiet = judged
    .flatMap(({ row, habit }) => (habit.kind === 'quiet' ? [{ row, habit }] : []))
    .toSorted((a, b) => b.habit.days - b.habit.longestGapDays - (a.habit.days - a.habit.longestGapDays))
    .slice(0, quietShown);
  const cards = await readPersonCards(
    tx,
    workspaceId,
    quiet.map(({ row }) => row.person_id),
  );
  return {
    rows: quiet.map(
      ({ row, habit }): Quiet => ({
        person: toPerson(row.person_id, cards.get(row.person_id)),
        campaign: { id: row.campaign_id, name: row.campaign_name },
        days: habit.days,
        longestGapDays: habit.longestGapDays,
        posts: Number(row.posts),
        lastPostAt: habit.lastPostAt.toISOString(),
        readAt: habit.readAt.toISOString(),
      }),
    ),
    active: judged.length,
    readable: judged.filter(({ habit }) => habit.kind !== 'unknown').length,
  };
}

function toPerson(personId: string, card: PersonCard | undefined): Best['person'] {
  const profile = card?.profiles[0];
  return {
    id: card?.personId ?? personId,
    name: card?.name ?? 'A creator erased since',
    handle: profile?.handle ?? null,
    platform: profile?.platform ?? null,
  };
}
