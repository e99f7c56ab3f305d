import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { formatAmount, type Money, toMoneyJson } from '#kernel/money.ts';
import { addDays, dayIn, daysBetween } from '#kernel/time.ts';
import { readCredits } from '#modules/attribution/index.ts';
import type { DiscountCode } from '#modules/tracking/api.ts';
import { drawShortLink, readClickTotals, readCreatorLinks } from '#modules/tracking/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { drawPortalQr, PortalLinks, PortalResults, readPortalLinks, readPortalResults } from './api.ts';
import { invalidField } from './errors.ts';
import { campaignsOf } from './read-campaigns.ts';

const spanDaysMax = 731;
const spanDaysDefault = 365;

/** The creator's links and codes, those that work first. */
export function readLinks(infra: Infra, call: Call<typeof readPortalLinks>): Promise<PortalLinks> {
  const { workspaceId, actor } = call;
  const now = infra.clock.now();
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { links, codes } = await readCreatorLinks(infra, tx, { workspaceId, personId: actor.id });
    return {
      links: links
        .map((link) => ({
          id: link.id,
          shortUrl: link.shortUrl,
          campaignName: link.campaign?.name ?? null,
          isActive: link.state === 'live' && !link.isExpired,
          clicks: link.clicks,
          lastSevenDays: link.lastSevenDays,
        }))
        .sort((a, b) => Number(b.isActive) - Number(a.isActive)),
      codes: codes
        .map((code) => ({
          id: code.id,
          code: code.code,
          terms: termsOf(code),
          campaignName: code.campaign?.name ?? null,
          isActive: code.state === 'live' && (code.endsAt === null || new Date(code.endsAt) > now),
          endsAt: code.endsAt,
          orders: code.orders,
        }))
        .sort((a, b) => Number(b.isActive) - Number(a.isActive)),
    };
  });
}

function termsOf(code: DiscountCode): string {
  switch (code.kind) {
    case 'percent':
      return `${code.percent} % off`;
    case 'fixed':
      return code.amount === null
        ? 'discount'
        : `${formatAmount({ amountMinor: BigInt(code.amount.amountMinor), currency: code.amount.currency })} ${code.amount.currency} off`;
    case 'free_shipping':
      return 'free shipping';
  }
}

/** Error: not_found, also for another creator's link. */
export function drawQr(infra: Infra, call: Call<typeof drawPortalQr>): Promise<Download> {
  const { workspaceId, actor, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { slug, svg } = await drawShortLink(infra, tx, { workspaceId, personId: actor.id, linkId: input.linkId });
    return { fileName: `${slug}.svg`, contentType: 'image/svg+xml', body: svg };
  });
}

/** What came of the creator's links and codes, as recorded. Error: portal.invalid for a span that is none or too long. */
export function readResults(infra: Infra, call: Call<typeof readPortalResults>): Promise<PortalResults> {
  const { workspaceId, actor, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const to = input.to ?? dayIn(timeZone, infra.clock.now());
    const from = input.from ?? addDays(to, 1 - spanDaysDefault);
    if (from > to || daysBetween(from, to) > spanDaysMax)
      throw invalidField('from', `is before "to" and at most ${spanDaysMax} days earlier`);
    const span = { workspaceId, from, to, timeZone, personId: actor.id };
    const campaigns = await campaignsOf(infra, tx, { workspaceId, personId: actor.id });
    const byCampaign: PortalResults['campaigns'] = [];
    for (const { campaignId, name } of campaigns) {
      if (byCampaign.some((one) => one.campaignId === campaignId)) continue;
      byCampaign.push({ campaignId, name, ...(await resultsOf(tx, { ...span, campaignId })) });
    }
    const isShown = byCampaign.filter((one) => one.clicks > 0 || one.orders > 0 || one.sales.length > 0);
    return {
      from,
      to,
      totals: {
        clicks: byCampaign.reduce((sum, one) => sum + one.clicks, 0),
        orders: byCampaign.reduce((sum, one) => sum + one.orders, 0),
        sales: sumMoney(byCampaign.flatMap((one) => one.sales.map(fromJson))).map(toMoneyJson),
      },
      fees: feesOf(campaigns),
      campaigns: isShown,
    };
  });
}

interface Span {
  workspaceId: string;
  campaignId: string;
  personId: string;
  from: string;
  to: string;
  timeZone: string;
}

async function resultsOf(tx: Tx, span: Span) {
  const clicks = (await readClickTotals(tx, span)).filter((row) => row.personId === span.personId);
  const credits = (await readCredits(tx, span)).filter((row) => row.personId === span.personId);
  const sum = (values: bigint[]) => Number(values.reduce((all, value) => all + value, 0n));
  const sales = sumMoney(credits.map((row) => ({ amountMinor: row.creditedMinor, currency: row.currency })));
  return {
    clicks: sum(clicks.map((row) => row.clicks)),
    orders: sum(credits.map((row) => row.orders)),
    byCode: sum(credits.map((row) => row.byCode)),
    byLink: sum(credits.map((row) => row.byLink)),
    sales: sales.map(toMoneyJson),
  };
}

const feeStates = { committed: 'agreed', due: 'due', paid: 'paid' } as const;

function feesOf(campaigns: Awaited<ReturnType<typeof campaignsOf>>): PortalResults['fees'] {
  return (['committed', 'due', 'paid'] as const).flatMap((state) => {
    const of = campaigns
      .filter((one) => one.feeState === state)
      .flatMap((one) => (one.fee === null ? [] : [fromJson(one.fee)]));
    return sumMoney(of).map((sum) => ({ state: feeStates[state], sum: toMoneyJson(sum) }));
  });
}

/** One sum a currency; never two in one. */
function sumMoney(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMinor } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, amountMinor]) => ({ currency, amountMinor }));
}

function fromJson(json: { amountMinor: string; currency: string }): Money {
  return { amountMinor: BigInt(json.amountMinor), currency: json.currency };
}
