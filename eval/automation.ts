import { fitAutomation } from '../models/automation/fit-automation.ts';
import { readBehaviour } from '../models/automation/read-behaviour.ts';
import { judgeAccount } from '../src/modules/vetting/followers/account-model.ts';
import { loadFollowerModels } from '../src/modules/vetting/followers/load-follower-model.ts';
import { classify } from './classify.ts';
import type { Eval } from './eval.ts';

/**
 * Whether an account acts by itself. No open set shows behaviour, so nothing trained on it ships: without --train the model of Twitter accounts
 * answers from name, age, likes given and the ratio of followers, and says so.
 */
export const automationEval: Eval = {
  task: 'automation',
  run: async ({ data, train, seed }) => {
    const accounts = await readBehaviour(data);
    const labels = accounts.map((account) => account.isAutomated);
    if (train === null) {
      const { twitter } = loadFollowerModels();
      const likely = accounts.map(({ facts }) => judgeAccount(twitter, facts).probability);
      const note = 'uncalibrated: no open set shows behaviour; answered by the model of Twitter accounts';
      return { protocol: 'shipped', n: accounts.length, figures: { note, ...classify(likely, labels, seed) } };
    }
    const model = fitAutomation(await readBehaviour(train), seed);
    const likely = accounts.map((account) => model.probabilityOf(account));
    return { protocol: 'fresh', n: accounts.length, figures: classify(likely, labels, seed) };
  },
};
