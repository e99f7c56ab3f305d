import type { CampaignReport } from '../api.ts';
import type { ReportInput } from './report-input.ts';
import { drawsMax, ordersForInterval, resamples } from './resample-return.ts';

/** How the figures of a report were made, in the words a board would want. */
export function footnotesOf(input: ReportInput): CampaignReport['footnotes'] {
  return [
    {
      id: 'return',
      text: `Return is revenue divided by cost. Revenue: credited orders less refunds, without cancelled orders, in ${input.campaign.currency} only. Cost: fees, goods at cost of goods, postage of parcels and other costs that are committed, due or paid.`,
    },
    {
      id: 'interval',
      text: `80 % interval: ${resamples.toLocaleString('en')} bootstrap resamples of the orders within each creator, same seed for the same campaign; none under ${ordersForInterval} orders. More than ${(drawsMax / resamples).toLocaleString('en')} orders are resampled by their normal limit. It covers chance in the orders, not orders that would have come anyway.`,
    },
    {
      id: 'credit',
      text: `A code beats a link; otherwise the last click within ${input.windowDays} days. Each order is credited once.`,
    },
    {
      id: 'content',
      text: 'Reach, impressions, views and engagements are the newest entered or imported results of what is live. Estimates stand apart. Reach is summed over posts: who saw two posts counts twice.',
    },
    {
      id: 'clicks',
      text: 'Clicks are hits on the campaign’s links that no traffic rule dropped: bots, previews and repeats within the hour are kept but not counted.',
    },
    {
      id: 'pace',
      text: 'Expected by today is a steady pace from 0 on the first day of a goal to its target on the last.',
    },
    { id: 'days', text: `Days are calendar days in ${input.timeZone}.` },
  ];
}
