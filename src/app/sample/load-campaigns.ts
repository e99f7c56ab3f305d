import { dayIn, dayMs } from '#kernel/time.ts';
import {
  addDeliverables,
  addToRoster,
  briefSchema,
  type Campaign,
  changeCampaignState,
  changeDeliverableState,
  createCampaign,
  type Enrolment,
  listRoster,
  moveOnRoster,
  recordResults,
  saveBrief,
  updateEnrolment,
} from '#modules/campaigns/api.ts';
import { createRosterCodes, createRosterLinks } from '#modules/tracking/api.ts';
import type { CampaignSpec } from './campaign-specs.ts';
import type { SampleCreator } from './draw-creators.ts';
import type { Outlet } from './draw-traffic.ts';
import type { Past } from './past.ts';
import type { Random } from './random.ts';

export const sampleCurrency = 'EUR';
export const sampleTimeZone = 'Europe/Dublin';
const hourMs = dayMs / 24;
/** Results are read some days after a post went out; younger posts have none yet. */
const resultsAfterDays = 4;

export interface CampaignDraw {
  past: Past;
  random: Random;
  nowMs: number;
}

/** Makes one campaign by the calls a manager would make, each on its day, and returns what its content brings traffic to. */
export async function loadCampaign(
  spec: CampaignSpec,
  creators: SampleCreator[],
  draw: CampaignDraw,
): Promise<Outlet[]> {
  const { past, nowMs } = draw;
  const startMs = nowMs + spec.startsInDays * dayMs;
  past.goTo(new Date(startMs - 9 * dayMs));
  const campaign = await plan(spec, draw);
  const roster = await enrol(spec, campaign, { creators, draw, startMs });
  past.goTo(new Date(startMs));
  await past.client.call(changeCampaignState, { campaignId: campaign.id, from: 'draft', to: 'live' });
  const links = await past.client.call(createRosterLinks, { campaignId: campaign.id });
  const codes = await past.client.call(createRosterCodes, { campaignId: campaign.id, kind: 'percent', percent: 10 });
  const outlets: Outlet[] = [];
  for (const enrolment of roster) {
    const stage = await walkStages(spec, enrolment, { campaign, draw, startMs });
    if (!spec.liveStages.includes(stage)) continue;
    const liveAtMs = await publish(spec, enrolment, { campaign, draw, startMs });
    await pay(spec, enrolment, { draw, lastLiveMs: Math.max(...liveAtMs) });
    const link = links.links.find((row) => row.enrolmentId === enrolment.id);
    const code = codes.codes.find((row) => row.enrolmentId === enrolment.id);
    if (link && code && liveAtMs.length > 0) {
      outlets.push({
        linkId: link.id,
        slug: link.slug,
        code: code.code,
        liveAtMs,
        orders: Math.round(spec.ordersEach * Math.exp(0.7 * draw.random.normal() - 0.2)),
      });
    }
  }
  if (spec.state === 'ended') {
    past.goTo(new Date(nowMs + spec.endsInDays * dayMs + 9 * hourMs));
    await past.client.call(changeCampaignState, { campaignId: campaign.id, from: 'live', to: 'ended' });
  }
  return outlets;
}

function dayOf(ms: number): string {
  return dayIn(sampleTimeZone, new Date(ms));
}

function plan(spec: CampaignSpec, { past, nowMs }: CampaignDraw): Promise<Campaign> {
  const endsOn = dayOf(nowMs + spec.endsInDays * dayMs);
  const goals = spec.goals.map((goal) => ({
    metric: goal.metric,
    target:
      goal.moneyMinor === undefined
        ? (goal.count ?? 0)
        : { amountMinor: String(goal.moneyMinor), currency: sampleCurrency },
    dueOn: endsOn,
  }));
  return past.client.call(createCampaign, {
    name: spec.name,
    model: spec.model,
    startsOn: dayOf(nowMs + spec.startsInDays * dayMs),
    endsOn,
    currency: sampleCurrency,
    budget: { amountMinor: String(spec.budgetMinor), currency: sampleCurrency },
    landingUrl: spec.landingUrl,
    note: spec.note,
    goals,
  });
}

interface At {
  campaign: Campaign;
  draw: CampaignDraw;
  startMs: number;
}

async function enrol(
  spec: CampaignSpec,
  campaign: Campaign,
  with_: { creators: SampleCreator[]; draw: CampaignDraw; startMs: number },
): Promise<Enrolment[]> {
  const { past, random, nowMs } = with_.draw;
  const brief = briefSchema.parse(spec.brief);
  await past.client.call(saveBrief, { campaignId: campaign.id, brief, basedOn: 0 });
  // Those whose content is out came first; the others were added when there was room for more.
  const early = spec.stages
    .filter(([name]) => spec.liveStages.includes(name))
    .reduce((sum, [, count]) => sum + count, 0);
  const waves = [
    { at: with_.startMs - 7 * dayMs, creators: with_.creators.slice(0, early) },
    { at: Math.max(with_.startMs - 6 * dayMs, nowMs - 11 * dayMs), creators: with_.creators.slice(early) },
  ];
  for (const wave of waves.filter(({ creators }) => creators.length > 0)) {
    past.goTo(new Date(wave.at));
    await past.client.call(addToRoster, {
      campaignId: campaign.id,
      personIds: wave.creators.map((creator) => creator.id),
      productCost:
        spec.productCostMinor === null
          ? null
          : { amountMinor: String(spec.productCostMinor), currency: sampleCurrency },
    });
  }
  const { rows } = await past.client.call(listRoster, { campaignId: campaign.id, limit: 500 });
  if (spec.feeMinor === null) return rows;
  const { low, high } = spec.feeMinor;
  for (const row of rows) {
    const fee = Math.round(random.whole(low, high) / 1000) * 1000;
    await past.client.call(updateEnrolment, {
      enrolmentId: row.id,
      fee: { amountMinor: String(fee), currency: sampleCurrency },
    });
  }
  return rows;
}

/** Moves a creator through the stages up to the one drawn for today, a few days between; returns that stage. */
async function walkStages(spec: CampaignSpec, enrolment: Enrolment, at: At): Promise<string> {
  const { campaign, draw } = at;
  const names = campaign.stages.map((stage) => stage.name);
  const target = takeStage(spec, draw.random);
  let from = enrolment.stage;
  let dayAt = Date.parse(enrolment.addedAt);
  for (const to of names.slice(names.indexOf(from) + 1, names.indexOf(target) + 1)) {
    dayAt = Math.min(
      dayAt + draw.random.whole(1, 3) * dayMs + draw.random.whole(0, 6) * hourMs,
      draw.nowMs - draw.random.whole(1, 30) * hourMs,
    );
    draw.past.goTo(new Date(dayAt));
    await draw.past.client.call(moveOnRoster, {
      campaignId: campaign.id,
      to,
      enrolments: [{ id: enrolment.id, from }],
    });
    from = to;
  }
  return target;
}

/** How many places of each stage are still to give, by campaign. */
const open = new WeakMap<CampaignSpec, [string, number][]>();

function takeStage(spec: CampaignSpec, random: Random): string {
  const places = open.get(spec) ?? spec.stages.map(([name, count]): [string, number] => [name, count]);
  open.set(spec, places);
  const [place] = places.filter(([, left]) => left > 0);
  if (place === undefined) return random.pick(spec.stages)[0];
  place[1] -= 1;
  return place[0];
}

/** Plans the deliverables of a creator, takes them live on their days and enters what they reached; returns the moments they went live. */
async function publish(spec: CampaignSpec, enrolment: Enrolment, at: At): Promise<number[]> {
  const { campaign, draw, startMs } = at;
  const { past, random, nowMs } = draw;
  const platform = enrolment.profile?.platform ?? 'instagram';
  const format = platform === 'youtube' ? 'video' : platform === 'tiktok' ? 'short' : 'reel';
  const lastMs = Math.min(nowMs - 6 * hourMs, nowMs + spec.endsInDays * dayMs);
  const liveAtMs: number[] = [];
  const count = random.whole(spec.posts.low, spec.posts.high);
  for (let n = 0; n < count; n += 1) {
    const liveMs = Math.min(
      lastMs,
      startMs + (3 + random.unit() * Math.max(4, (lastMs - startMs) / dayMs - 4)) * dayMs,
    );
    past.goTo(new Date(startMs - dayMs));
    const title = spec.brief.deliverables?.[0]?.title ?? spec.name;
    const { deliverableIds } = await past.client.call(addDeliverables, {
      campaignId: campaign.id,
      enrolmentIds: [enrolment.id],
      platform,
      format,
      title: count > 1 ? `${title}, part ${n + 1}` : title,
      dueOn: dayOf(liveMs + random.whole(-1, 2) * dayMs),
    });
    const [deliverableId = ''] = deliverableIds;
    past.goTo(new Date(liveMs));
    const liveUrl = `https://${platform}.example/sample/${enrolment.id.slice(4)}-${n + 1}`;
    await past.client.call(changeDeliverableState, {
      deliverableId,
      from: 'planned',
      to: 'live',
      liveUrl,
      liveAt: new Date(liveMs).toISOString(),
    });
    liveAtMs.push(liveMs);
    if (liveMs < nowMs - resultsAfterDays * dayMs) await measure(deliverableId, enrolment, { draw, liveMs });
  }
  return liveAtMs;
}

/** A fee is paid some days after the last post, for those that were. */
async function pay(
  spec: CampaignSpec,
  enrolment: Enrolment,
  at: { draw: CampaignDraw; lastLiveMs: number },
): Promise<void> {
  const { past, random, nowMs } = at.draw;
  if (spec.feeMinor === null || !random.chance(spec.paidShare)) return;
  const paidMs = Math.min(at.lastLiveMs + random.whole(3, 12) * dayMs, nowMs - 3 * hourMs);
  past.goTo(new Date(paidMs));
  await past.client.call(updateEnrolment, { enrolmentId: enrolment.id, feePaidOn: dayOf(paidMs) });
}

/** What the creator sent after some days: reach by size and luck, the rest in proportion to it. */
async function measure(
  deliverableId: string,
  enrolment: Enrolment,
  at: { draw: CampaignDraw; liveMs: number },
): Promise<void> {
  const { past, random } = at.draw;
  const reach = Math.round(
    (enrolment.profile?.followers ?? 8000) * (0.22 + 0.3 * random.unit()) * Math.exp(0.25 * random.normal()),
  );
  const likes = Math.round(reach * (0.035 + 0.04 * random.unit()));
  past.goTo(new Date(at.liveMs + resultsAfterDays * dayMs));
  await past.client.call(recordResults, {
    deliverableId,
    source: 'Insights, sent by the creator',
    values: {
      reach,
      impressions: Math.round(reach * (1.15 + 0.3 * random.unit())),
      likes,
      comments: Math.round(likes * (0.03 + 0.05 * random.unit())),
      saves: Math.round(likes * (0.05 + 0.08 * random.unit())),
      shares: Math.round(likes * (0.02 + 0.05 * random.unit())),
    },
  });
}
