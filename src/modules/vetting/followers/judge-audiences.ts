import type { Platform } from '#kernel/platform.ts';
import { type AudienceKind, type SampledAccount, sampledAccountSchema } from '#modules/creators/api.ts';
import type { FollowerSample } from '#modules/creators/index.ts';
import type { AudienceSample } from '../api.ts';
import type { JudgedAudience } from '../rules/subject.ts';
import { judgeSample } from './judge-sample.ts';
import { loadFollowerModels } from './load-follower-model.ts';

const sampledAccountsMax = 20_000;

/** The newest sample of each kind, judged by the weights that ship. Null without any. */
export function judgeAudiences(
  samples: Partial<Record<AudienceKind, FollowerSample>>,
  platform: Platform,
): JudgedAudience | null {
  const judge = (sample: FollowerSample | undefined): AudienceSample | null => {
    if (sample === undefined || sample.size === 0) return null;
    const { version, instagram } = loadFollowerModels();
    const { kind, source, method, size } = sample;
    const stored = { kind, source, method, size, takenAt: sample.takenAt.toISOString(), accounts: accountsOf(sample) };
    return judgeSample(stored, { platform, model: instagram, version });
  };
  const [followers, likers, commenters] = [judge(samples.followers), judge(samples.likers), judge(samples.commenters)];
  return followers === null && likers === null && commenters === null ? null : { followers, likers, commenters };
}

/** Other names the columns had in early samples. */
const olderNames: Partial<Record<keyof SampledAccount, readonly string[]>> = {
  following: ['followees'],
  posts: ['postCount'],
  isPrivate: ['private'],
  hasPicture: ['has_picture'],
};
const flags: readonly (keyof SampledAccount)[] = ['isPrivate', 'isVerified', 'hasPicture', 'hasLink'];
const fields = Object.keys(sampledAccountSchema.shape) as (keyof SampledAccount)[];

/** The stored columns as accounts; what is not of its kind is not known. */
function accountsOf(sample: FollowerSample): Partial<SampledAccount>[] {
  const columns = fields.flatMap((field) => {
    const values = [field, ...(olderNames[field] ?? [])]
      .map((name) => sample.accounts[name])
      .find((found) => found !== undefined);
    return values === undefined ? [] : [{ field, values }];
  });
  const length = Math.min(
    sampledAccountsMax,
    columns.reduce((most, { values }) => Math.max(most, values.length), 0),
  );
  return Array.from({ length }, (_, at) =>
    Object.fromEntries(columns.map(({ field, values }) => [field, readValue(field, values[at])])),
  );
}

function readValue(field: keyof SampledAccount, value: unknown): string | number | boolean | null {
  if (field === 'handle') return typeof value === 'string' ? value : null;
  if (flags.includes(field))
    return value === true || value === 1 ? true : value === false || value === 0 ? false : null;
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
