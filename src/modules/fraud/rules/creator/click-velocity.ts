import { figure, hit, type TrafficRule } from '../verdict.ts';

export const clickVelocity: TrafficRule = {
  name: 'click-velocity',
  version: 1,
  scope: 'traffic',
  severity: 'medium',
  points: 20,
  mode: 'score',
  title: 'Clicks faster than people',
  explains: 'At least 20 hits, and 2 % of all, came from one address faster than the limit of the tracking settings.',
  needs: 'Nothing more',
  judge: ({ velocityHits, hits }) => {
    if (velocityHits < 20 || velocityHits < hits * 0.02) return null;
    return hit(`${velocityHits} of ${hits} hits came faster than people click.`, [
      figure(`${velocityHits} hits over the limit of one minute`),
    ]);
  },
};
