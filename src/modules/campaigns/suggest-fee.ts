import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { listPosts } from '#modules/creators/index.ts';
import { type FeeBasis, type FeeSuggestion, feeDealsMin, type suggestFee as suggestEndpoint } from './api.ts';
import { selectDeals } from './queries/deals.ts';
import { selectEnrolments } from './queries/roster.ts';
import { getCampaignRow } from './read-campaigns.ts';
import { type Deal, engagementsPerPiece, type FeeRange, feeByHistory, feeByRate } from './rules/suggest-fee.ts';

const dealsMax = 2000;
const postsRead = 12;
const postsMin = 5;

/** A fee from what was paid and reached before, never from the number of followers. Error: not_found. */
export async function suggestFee(infra: Infra, call: Call<typeof suggestEndpoint>): Promise<FeeSuggestion> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [row] = await selectEnrolments(tx, workspaceId, [input.enrolmentId]);
    if (row === undefined) throw notFound('enrolment');
    const { currency } = await getCampaignRow(tx, workspaceId, row.campaign_id);
    const deals = (await selectDeals(tx, workspaceId, { currency, exceptId: row.id, limit: dealsMax })).map(
      (deal): Deal => ({
        isTheirs: deal.person_id === row.person_id,
        feeMinor: deal.fee_minor,
        pieces: deal.pieces,
        engagements: deal.engagements,
      }),
    );
    const pieces = Math.max(1, row.deliverables);
    const measured = engagementsPerPiece(deals);
    const query = {
      limit: postsRead,
      ...(row.profile_id === null ? { personId: row.person_id } : { profileId: row.profile_id }),
    };
    const posts = measured === null ? (await listPosts(tx, workspaceId, query)).rows : [];
    const perPiece =
      measured ?? medianOf(posts.flatMap((post) => (post.likes === null ? [] : [post.likes + (post.comments ?? 0)])));
    const say = (kind: FeeBasis['kind'], range: FeeRange | null, text: string): FeeBasis[] => {
      if (range === null) return [];
      const money = (amountMinor: bigint) => toMoneyJson({ amountMinor, currency });
      const { lowMinor, middleMinor, highMinor, n } = range;
      return [{ kind, low: money(lowMinor), middle: money(middleMinor), high: money(highMinor), text, n }];
    };
    const reached = `${Math.round(perPiece ?? 0)} engagements a piece ${measured === null ? `(median of ${posts.length} posts)` : 'measured on own campaigns'}`;
    const bases = [
      ...say(
        'own_history',
        feeByHistory(deals, pieces),
        'What this creator was paid for a piece before, lowest to highest',
      ),
      ...say(
        'own_rate',
        feeByRate(deals, { pieces, perPiece, dealsMin: feeDealsMin }),
        `What your deals paid for an engagement (middle half), times ${reached}`,
      ),
    ];
    const measuredDeals = deals.filter((deal) => deal.engagements !== null).length;
    const missing =
      bases.length > 0
        ? null
        : measuredDeals < feeDealsMin
          ? `Not enough data: ${measuredDeals} own deals with a fee and measured results in ${currency}, ${feeDealsMin} are needed.`
          : 'Not enough data: nothing is known of what this creator’s posts reach.';
    return { pieces, bases, missing };
  });
}

function medianOf(values: readonly number[]): number | null {
  if (values.length < postsMin) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? null) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
