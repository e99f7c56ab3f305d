import { type Boosted, boost, logOddsOf } from '../fit/boost.ts';
import { fitCalibration } from '../fit/calibrate.ts';
import { foldsOf } from '../fit/folds.ts';
import type { BehavingAccount } from './read-behaviour.ts';

const options = {
  rounds: 150,
  leavesMax: 8,
  rate: 0.05,
  leafMin: 5,
  shrinkage: 1,
  rising: [],
  columnShare: 0.3,
  rowShare: 0.6,
  bags: 4,
};
const folds = 5;

export interface AutomationModel {
  probabilityOf(account: BehavingAccount): number;
}

/** Boosted trees over behaviour, calibrated on accounts in turn left out. The same accounts and seed give the same model. */
export function fitAutomation(accounts: readonly BehavingAccount[], seed: number): AutomationModel {
  const labels = accounts.map((account) => account.isAutomated);
  const fitTo = (some: readonly BehavingAccount[]): Boosted =>
    boost({ rows: some.map((one) => one.row), labels: some.map((one) => one.isAutomated) }, { ...options, seed });
  const foldOf = foldsOf(labels, folds, seed);
  const scores = labels.map(() => 0);
  for (let fold = 0; fold < folds; fold += 1) {
    const model = fitTo(accounts.filter((_, at) => foldOf[at] !== fold));
    accounts.forEach((account, at) => {
      if (foldOf[at] === fold) scores[at] = logOddsOf(model, account.row);
    });
  }
  const { slope, intercept } = fitCalibration(scores, labels);
  const model = fitTo(accounts);
  return { probabilityOf: ({ row }) => 1 / (1 + Math.exp(-(slope * logOddsOf(model, row) + intercept))) };
}
