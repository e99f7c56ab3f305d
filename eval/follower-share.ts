import { type AccountFormat, readAccounts } from '../models/follower/read-accounts.ts';
import { lackOf } from '../src/modules/vetting/followers/account-features.ts';
import { judgeAccount } from '../src/modules/vetting/followers/account-model.ts';
import { groupsOf } from '../src/modules/vetting/followers/estimate-shares.ts';
import { mixtureShare } from '../src/modules/vetting/followers/mixture-share.ts';
import type { Eval } from './eval.ts';
import { modelFor } from './follower.ts';
import { meanWithInterval, seededRandom } from './interval.ts';

const samples = 300;
const sampleSize = 300;
const shareLow = 0.02;
const shareHigh = 0.5;

/** What the weights that ship were calibrated on; any other file is another domain. */
const calibratedOn: readonly AccountFormat[] = ['ig_fake_srf', 'twitter_bots_kaggle'];

/**
 * How well the share of suspicious accounts is told from samples of 300, drawn with replacement from audiences whose share is 2 to 50 %. The truth is
 * the share of the audience, so that the error holds the chance of the sample too.
 */
export const followerShareEval: Eval = {
  task: 'follower-share',
  run: async ({ data, train, seed }) => {
    const { format, accounts } = await readAccounts(data);
    const model = await modelFor(format, train, seed);
    const judged = accounts.map(({ facts, isSuspicious }) => ({
      ...judgeAccount(model, facts),
      isSuspicious,
      lack: lackOf(facts),
    }));
    const kinds = {
      suspicious: judged.filter((one) => one.isSuspicious),
      genuine: judged.filter((one) => !one.isSuspicious),
    };
    const random = seededRandom(seed);
    const errors = Array.from({ length: samples }, () => {
      const truth = shareLow + (shareHigh - shareLow) * random();
      const sample = Array.from({ length: sampleSize }, () => {
        const from = random() < truth ? kinds.suspicious : kinds.genuine;
        return from[Math.floor(random() * from.length)] ?? { score: 0, probability: 0, isSuspicious: false, lack: '' };
      });
      const inSample = sample.filter((one) => one.isSuspicious).length / sampleSize;
      const counted = sample.filter((one) => one.probability >= 0.5).length / sampleSize;
      const { share, low, high } = mixtureShare(groupsOf(model, sample), random);
      return {
        error: Math.abs(share - truth),
        sampleError: Math.abs(share - inSample),
        countError: Math.abs(counted - truth),
        isCovered: Number(low <= truth && truth <= high),
        width: high - low,
      };
    });
    const calibrated = train !== null ? (await readAccounts(train)).format === format : calibratedOn.includes(format);
    const mean = (key: keyof (typeof errors)[number]) => errors.map((one) => one[key]);
    return {
      protocol: train === null ? 'shipped' : 'fresh',
      n: samples,
      figures: {
        format,
        calibrated,
        ...(calibrated
          ? {}
          : {
              note: 'uncalibrated: no labelled accounts of this domain were used, so the shares and intervals do not carry',
            }),
        ...meanWithInterval('mae', mean('error'), seed),
        ...meanWithInterval('coverage90', mean('isCovered'), seed),
        ...meanWithInterval('width90', mean('width'), seed),
        ...meanWithInterval('mae_of_sample', mean('sampleError'), seed),
        baselines: { counting_mae: meanWithInterval('mae', mean('countError'), seed).mae },
      },
    };
  },
};
