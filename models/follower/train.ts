import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackedFollowerWeights } from '../../src/modules/vetting/followers/account-model.ts';
import type { Model } from '../model.ts';
import { fitShipped } from './fit-follower.ts';
import { readAccounts } from './read-accounts.ts';

const files = { instagram: 'ig_fake_srf.csv', twitter: 'twitter_bots_kaggle.csv' } as const;
const weightsFile = new URL('weights.json', import.meta.url);

/** Makes models/follower/weights.json from two open sets. About half a minute. */
export const followerModel: Model = {
  name: 'follower',
  train: async ({ data, seed, tell }) => {
    const instagram = await readAccounts(join(data, files.instagram));
    const twitter = await readAccounts(join(data, files.twitter));
    const heads = fitShipped({ instagram: instagram.accounts, twitter: twitter.accounts }, seed);
    const weights: PackedFollowerWeights = { version: `2026.11-1/${seed}`, trainedOn: Object.values(files), heads };
    await writeFile(weightsFile, `${JSON.stringify(weights)}\n`);
    for (const [name, { measured }] of Object.entries(heads)) tell(`${name}: ${JSON.stringify(measured)}`);
  },
};
