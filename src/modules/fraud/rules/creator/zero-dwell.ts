import { type TrafficRule, unknown } from '../verdict.ts';

export const zeroDwell: TrafficRule = {
  name: 'zero-dwell',
  version: 1,
  scope: 'traffic',
  severity: 'medium',
  points: 15,
  mode: 'score',
  title: 'Visitors who stay no time',
  explains: 'Visits that open one page and leave at once.',
  needs: 'Page views of the shop by visit, which no source tells yet',
  judge: ({ clicks }) => (clicks < 50 ? null : unknown('How long visitors stay is not told by any source yet.')),
};
