import type { Clock } from '#infra/clock.ts';
import type { Tx } from '#infra/db/database.ts';
import { toMoneyJson } from '#kernel/money.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { dayMs } from '#kernel/time.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type { CampaignReport } from '#modules/reports/api.ts';
import { sayGoalValue, sayMoney } from '#modules/reports/index.ts';
import { readBrokenLinks } from '#modules/tracking/index.ts';
import { selectNewMatches } from './queries/new-matches.ts';
import {
  selectFaultyImports,
  selectPausedLinks,
  selectUnknownCodes,
  type UnknownCodeRow,
} from './queries/open-tracking.ts';
import { selectDrafts, selectOverdue, selectTurned, selectWaiting, type WorkRow } from './queries/open-work.ts';
import { goalsBehind } from './rules/goals-behind.ts';
import { soonDays } from './rules/list-needs.ts';
import type { OpenThings, Work } from './rules/open-things.ts';

const pausedHitDays = 7;
/** Shown at most; the list of links has them all. */
const brokenLinksMax = 20;
const unknownCodeDays = 30;
const importDays = 14;
const matchDays = 14;
/** A campaign that ended longer ago is left alone. */
const endedDays = 14;

/** Everything open in a workspace, from the tables of all the others and from the reports of its live campaigns. */
export async function readOpenThings(
  tx: Tx,
  workspaceId: string,
  of: {
    reports: readonly CampaignReport[];
    readerId: string;
    today: string;
    timeZone: string;
    clock: Clock;
    work: readonly OpenWork[];
  },
): Promise<OpenThings> {
  const { today, timeZone } = of;
  const since = (days: number) => new Date(of.clock.now().getTime() - days * dayMs);
  const pausedLinks = await selectPausedLinks(tx, workspaceId, since(pausedHitDays));
  const brokenLinks = await readBrokenLinks(tx, workspaceId, brokenLinksMax);
  const turned = await selectTurned(tx, workspaceId);
  const drafts = await selectDrafts(tx, workspaceId);
  const overdue = await selectOverdue(tx, workspaceId, today);
  const waiting = await selectWaiting(tx, workspaceId, { today, timeZone });
  const codes = await selectUnknownCodes(tx, workspaceId, since(unknownCodeDays));
  const imports = await selectFaultyImports(tx, workspaceId, since(importDays));
  const matches = await selectNewMatches(tx, workspaceId, { readerId: of.readerId, from: since(matchDays) });
  const work = of.work.filter((one) => isNews(one, { readerId: of.readerId, today, hasDrafts: drafts.length > 0 }));
  const cards = await readPersonCards(tx, workspaceId, [
    ...work.flatMap((one) => one.personId ?? []),
    ...pausedLinks.flatMap((link) => link.person_id ?? []),
    ...brokenLinks.flatMap((link) => link.personId ?? []),
    ...[...turned, ...drafts, ...overdue, ...waiting].map((row) => row.person_id),
  ]);
  const personOf = (id: string) => {
    const card = cards.get(id);
    return { id: card?.personId ?? id, name: card?.name ?? 'A creator erased since' };
  };
  const campaignOf = (row: { campaign_id: string; campaign_name: string }) => ({
    id: row.campaign_id,
    name: row.campaign_name,
  });
  const toWork = (row: WorkRow): Work => ({
    campaign: campaignOf(row),
    person: personOf(row.person_id),
    title: row.title,
    dueOn: row.due_on,
  });
  return {
    today,
    pausedLinks: pausedLinks.map((link) => ({
      id: link.link_id,
      slug: link.slug,
      hits: Number(link.hits),
      person: link.person_id === null ? null : personOf(link.person_id),
      campaign:
        link.campaign_id === null || link.campaign_name === null
          ? null
          : { id: link.campaign_id, name: link.campaign_name },
    })),
    brokenLinks: brokenLinks.map((link) => ({
      id: link.linkId,
      slug: link.slug,
      problem: link.problem,
      person: link.personId === null ? null : personOf(link.personId),
    })),
    turned: turned.map((row) => ({
      person: personOf(row.person_id),
      campaign: campaignOf(row),
      verdict: row.verdict,
      before: row.before,
    })),
    goals: goalsBehind(
      of.reports.filter((report) => report.campaign.state === 'live'),
      sayGoalValue,
    ),
    unknownCodes: [...Map.groupBy(codes, (row) => row.code).values()].map(toUnknownCode),
    drafts: drafts.map(toWork),
    overdue: overdue.map(toWork),
    waiting: waiting.map((row) => ({
      campaign: campaignOf(row),
      person: personOf(row.person_id),
      task: (row.task ?? `long in ${row.stage_label}`).toLowerCase(),
      days: row.days,
      patienceDays: row.patience_days,
    })),
    ending: endingWithoutResults(of.reports, today),
    matches: matches.map((row) => ({
      searchId: row.search_id,
      searchName: row.search_name,
      noticeId: row.notice_id,
      creators: Number(row.creators),
      days: Math.floor((of.clock.now().getTime() - row.found_at.getTime()) / dayMs),
    })),
    work: work.map((one) => ({ work: one, person: one.personId === null ? null : personOf(one.personId) })),
    imports: imports.map((run) => ({ id: run.id, fileName: run.file_name, errors: Number(run.errors) })),
  };
}

/** Left out: what is another member's, content that a need of its own says is late, and drafts when drafts are told already. */
function isNews(work: OpenWork, of: { readerId: string; today: string; hasDrafts: boolean }): boolean {
  const isOthers = work.ownerId !== undefined && work.ownerId !== null && work.ownerId !== of.readerId;
  if (isOthers && work.kind === 'task.open') return false;
  if (work.kind === 'content.due' && work.dueOn !== null && work.dueOn < of.today) return false;
  return !(work.kind === 'draft.to_review' && of.hasDrafts);
}

function toUnknownCode(rows: readonly UnknownCodeRow[]): OpenThings['unknownCodes'][number] {
  const amounts = rows.map((row) => sayMoney(toMoneyJson({ amountMinor: row.net_minor, currency: row.currency })));
  return {
    code: rows[0]?.code ?? '',
    orders: rows.reduce((sum, row) => sum + Number(row.orders), 0),
    says: amounts.join(' and '),
  };
}

/** Campaigns that end within a week or ended in the last two, and have live posts without any result. */
function endingWithoutResults(reports: readonly CampaignReport[], today: string): OpenThings['ending'] {
  const daysTo = (day: string) => Math.round((Date.parse(day) - Date.parse(today)) / dayMs);
  return reports.flatMap(({ campaign, deliverables }) => {
    const days = daysTo(campaign.endsOn);
    if (days > soonDays || days < -endedDays) return [];
    const live = deliverables.filter((row) => row.state === 'live');
    const without = live.filter(
      (row) => row.reach === null && row.impressions === null && row.views === null && row.engagements === null,
    ).length;
    if (without === 0) return [];
    return [
      { campaign: { id: campaign.id, name: campaign.name }, endsOn: campaign.endsOn, without, live: live.length },
    ];
  });
}
