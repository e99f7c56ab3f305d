import { figure, hit, percent, type TrafficRule, unknown } from '../verdict.ts';

export const datacentreShare: TrafficRule = {
  name: 'datacentre-share',
  version: 1,
  scope: 'traffic',
  severity: 'medium',
  points: 20,
  mode: 'score',
  title: 'Visits from data centres',
  explains: 'At least 50 hits, and a fifth of all, came from networks of data centres.',
  needs: 'Telling data centres apart (switched on in the tracking settings)',
  judge: ({ hits, datacentreHits }) => {
    if (datacentreHits === null)
      return unknown('Visits from data centres are not told apart here; the tracking settings can switch it on.');
    if (datacentreHits < 50 || datacentreHits < hits * 0.2) return null;
    return hit(`${datacentreHits} of ${hits} hits came from data centres.`, [figure(percent(datacentreHits / hits))]);
  },
};
