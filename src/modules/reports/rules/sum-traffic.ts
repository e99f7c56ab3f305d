import type { TrafficReport } from '../api.ts';
import { figure } from './figures.ts';
import { sumOf } from './ratio.ts';
import type { ReportInput } from './report-input.ts';
import { sayPlural } from './say.ts';

export const noLink = 'no link was made, so clicks are not measured';

/** Clicks on the campaign's links. None is 0 once there is a link; before, it was never measured. */
export function sumTraffic(input: ReportInput): TrafficReport {
  const isMeasured = input.links.length > 0;
  const about = {
    source: "hits on the campaign's own links",
    reason: noLink,
    n: sayPlural(input.links.length, 'link'),
    asOf: input.computedAt,
  };
  const sum = (pick: (row: ReportInput['clicks'][number]) => number) => (isMeasured ? sumOf(input.clicks, pick) : null);
  return {
    clicks: figure(
      'count',
      sum((row) => row.clicks),
      { ...about, formula: 'count of clicks that no traffic rule dropped' },
    ),
    visitors: figure(
      'count',
      sum((row) => row.visitors),
      {
        ...about,
        formula: 'distinct visitors of each link and day, summed; who comes back on another day counts again',
      },
    ),
    dropped: figure(
      'count',
      sum((row) => row.dropped),
      { ...about, formula: 'count of hits kept but not counted: bots, previews, repeats, hits of a paused link' },
    ),
  };
}
