import { readFileSync } from 'node:fs';
import { type AccountModel, followerWeightsSchema, readAccountModel } from './account-model.ts';

export interface FollowerModels {
  version: string;
  instagram: AccountModel;
  twitter: AccountModel;
}

let models: FollowerModels | null = null;

/** The weights that ship, read once when first asked for. */
export function loadFollowerModels(): FollowerModels {
  models ??= read();
  return models;
}

function read(): FollowerModels {
  const file = new URL('../../../../models/follower/weights.json', import.meta.url);
  const { version, heads } = followerWeightsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { version, instagram: readAccountModel(heads.instagram), twitter: readAccountModel(heads.twitter) };
}
