import { describe, expect, it } from 'vitest';
import { chanceOf } from '../src/modules/fraud/rules/score-findings.ts';
import { simulateProgram } from './simulate-traffic.ts';
import { judgeWorld, trafficFraudEval } from './traffic-fraud.ts';

describe('simulated fraud', () => {
  it('is the same for the same seed, and told from honest traffic on a seed nobody chose by', () => {
    const cases = judgeWorld(simulateProgram(31, 64), 'a');
    expect(judgeWorld(simulateProgram(31, 8), 'a')).toEqual(judgeWorld(simulateProgram(31, 8), 'a'));
    const flagged = cases.filter((one) => chanceOf(one.score) >= 0.5);
    expect(flagged.filter((one) => one.isFraud).length).toBeGreaterThan(8);
    expect(flagged.filter((one) => !one.isFraud).length).toBeLessThan(5);
  });

  it('refuses a file that is none, with the columns it wants', async () => {
    const options = { data: '/nowhere.csv', train: null, seed: 7, label: null, expect: null };
    await expect(trafficFraudEval.run(options)).rejects.toMatchObject({ code: 'eval.no_file' });
  });
});
