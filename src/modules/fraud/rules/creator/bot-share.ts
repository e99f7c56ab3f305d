import { figure, hit, percent, type TrafficRule } from '../verdict.ts';

export const botShare: TrafficRule = {
  name: 'bot-share',
  version: 1,
  scope: 'traffic',
  severity: 'low',
  points: 12,
  mode: 'score',
  title: 'Mostly programs',
  explains:
    'At least 200 hits, two thirds of them by programs. They are not counted anyway; who sends them is the question.',
  needs: 'Nothing more',
  judge: ({ hits, botHits }) => {
    if (hits < 200 || botHits < hits * 0.67) return null;
    return hit(`${botHits} of ${hits} hits are programs.`, [figure(`${percent(botHits / hits)} programs`)]);
  },
};
