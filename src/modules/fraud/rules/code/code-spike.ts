import { figure, hit, type TrafficRule, unknown } from '../verdict.ts';

export const codeSpike: TrafficRule = {
  name: 'code-spike',
  version: 1,
  scope: 'code',
  severity: 'medium',
  points: 12,
  mode: 'score',
  title: 'A code is used far more than before',
  explains:
    'The likelihood of three times as many uses against going on as before (CUSUM), with sales of the whole shop taken out. At most one false alarm in a year for each code, on average, by Lorden’s bound.',
  needs: '14 days of history of the code',
  judge: ({ codeSum, codeUses }, { policy }) => {
    if (codeSum === null) return codeUses === 0 ? null : unknown('The code has less than 14 days of history.');
    const limit = Math.log(policy.falseAlarmDays);
    if (codeSum < limit || codeUses < 6) return null;
    return hit(`A code was used ${codeUses} times in 7 days, far above its history.`, [
      figure(
        `likelihood sum ${codeSum.toFixed(1)}, limit ${limit.toFixed(1)}: one false alarm in ${policy.falseAlarmDays} days`,
      ),
    ]);
  },
};
