import { needsOthers } from '../baseline.ts';
import { figure, hit, type TrafficRule, unknown } from '../verdict.ts';

export const noDayRhythm: TrafficRule = {
  name: 'no-day-rhythm',
  version: 1,
  scope: 'traffic',
  severity: 'medium',
  points: 30,
  mode: 'watch',
  title: 'Clicks at all hours alike',
  explains:
    'People sleep. The hours of the clicks are spread as evenly as a clock (entropy at least 0.985 of the greatest), while those of the other creators are not.',
  needs: '200 counted clicks, and three other creators with as many',
  judge: ({ clicks, hourEntropy }, { baseline }) => {
    if (hourEntropy === null || clicks < 200) return null;
    if (baseline.hourEntropy === null) return unknown(needsOthers);
    if (hourEntropy < 0.985 || hourEntropy - baseline.hourEntropy < 0.02) return null;
    return hit('The clicks come at all hours alike; those of the others follow the day.', [
      figure(`spread over the hours ${hourEntropy.toFixed(3)}, usual ${baseline.hourEntropy.toFixed(3)}, even 1`),
    ]);
  },
};
