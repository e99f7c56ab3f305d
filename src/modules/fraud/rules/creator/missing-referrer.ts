import { needsOthers } from '../baseline.ts';
import { figure, hit, percent, type TrafficRule, unknown } from '../verdict.ts';

export const missingReferrer: TrafficRule = {
  name: 'missing-referrer',
  version: 1,
  scope: 'traffic',
  severity: 'low',
  points: 8,
  mode: 'score',
  title: 'No visit says where it came from',
  explains:
    'Far more visits than usual tell no referring page: at least 97 % of 200, while of the other creators less than 80 % do. Apps often tell none, so it counts little.',
  needs: 'Three other creators with traffic',
  judge: ({ clicks, noReferrerShare }, { baseline }) => {
    if (clicks < 200 || noReferrerShare === null) return null;
    if (baseline.noReferrerShare === null) return unknown(needsOthers);
    if (noReferrerShare < 0.97 || baseline.noReferrerShare >= 0.8) return null;
    return hit(
      `${percent(noReferrerShare)} of the visits tell no referring page; usual here are ${percent(baseline.noReferrerShare)}.`,
      [figure(`${clicks} counted clicks`)],
    );
  },
};
