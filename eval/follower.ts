import { fitFresh } from '../models/follower/fit-follower.ts';
import { type AccountFormat, readAccounts } from '../models/follower/read-accounts.ts';
import { type AccountModel, judgeAccount, readAccountModel } from '../src/modules/vetting/followers/account-model.ts';
import { loadFollowerModels } from '../src/modules/vetting/followers/load-follower-model.ts';
import { classify } from './classify.ts';
import type { Eval } from './eval.ts';

/** Whether an account of an audience is held for fake by people or by the platform. */
export const followerEval: Eval = {
  task: 'follower',
  run: async ({ data, train, seed }) => {
    const { format, accounts } = await readAccounts(data);
    const model = await modelFor(format, train, seed);
    const likely = accounts.map(({ facts }) => judgeAccount(model, facts).probability);
    const labels = accounts.map((account) => account.isSuspicious);
    return {
      protocol: train === null ? 'shipped' : 'fresh',
      n: accounts.length,
      figures: { format, ...classify(likely, labels, seed) },
    };
  },
};

/** The weights that ship, or the same method on the file given. */
export async function modelFor(format: AccountFormat, train: string | null, seed: number): Promise<AccountModel> {
  if (train !== null) return readAccountModel(fitFresh((await readAccounts(train)).accounts, seed));
  const { instagram, twitter } = loadFollowerModels();
  return format === 'twitter_bots_kaggle' ? twitter : instagram;
}
