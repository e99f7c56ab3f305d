import type { Flag, GrowthSectionOfReport, Signal } from '../../api.ts';
import { known, type SignalSpec, unknown } from '../signal.ts';
import { ramp } from '../statistics.ts';
import type { SeriesPoint } from '../subject.ts';
import { count, dayText, plural } from '../words.ts';
import { canShowWaves, findWaves, wavesNeed, wavesNeeded, waveThreshold } from './find-waves.ts';

const spec: SignalSpec = {
  name: 'following_sawtooth',
  point: 'audience_authenticity',
  title: 'Does not follow and unfollow',
  formula: `waves in the count of followed accounts: up and down again by at least 100 accounts and 10 % of the usual count within 120 days; from ${wavesNeeded} on it is a habit`,
};
const evidenceMax = 20;

export interface JudgedWaves {
  signal: Signal;
  flags: Flag[];
  section: NonNullable<GrowthSectionOfReport['following']>;
}

/** Accounts that follow many to be followed back, and drop them afterwards. Points cleaned, in order. */
export function judgeWaves(points: readonly SeriesPoint[], source: string): JudgedWaves {
  const series = points.map((point) => ({ at: point.day, value: point.value }));
  const last = points.at(-1);
  if (last === undefined || !canShowWaves(points)) {
    const text =
      last === undefined
        ? 'No history of followed accounts is known.'
        : `${plural(points.length, 'count')} of followed accounts: too few to see waves.`;
    const state = last === undefined ? 'none' : 'too_few';
    return {
      signal: unknown(spec, text, wavesNeed),
      flags: [],
      section: { state, series, source, waves: [], needs: wavesNeed },
    };
  }
  const waves = findWaves(points);
  const isHabit = waves.length >= wavesNeeded;
  const followed = waves.reduce((sum, wave) => sum + wave.followed, 0);
  const signal = known(spec, {
    text:
      waves.length === 0
        ? 'The count of followed accounts does not rise and fall in waves.'
        : `${plural(waves.length, 'wave')} of following and unfollowing, ${count(followed)} accounts in all.`,
    value: waves.length,
    display: plural(waves.length, 'wave'),
    contribution: ramp(waves.length, [
      [1, 0],
      [2, -2],
      [3, -3],
    ]),
    source,
    n: points.length,
    sample: plural(points.length, 'count'),
    asOf: `${last.day}T00:00:00.000Z`,
    threshold: waveThreshold,
    evidence: waves.slice(-evidenceMax).map((wave) => ({
      kind: 'history',
      id: null,
      at: wave.top,
      url: null,
      label: `Followed and unfollowed, ${dayText(wave.from)} to ${dayText(wave.to)}`,
      value: `+${count(wave.followed)}, -${count(wave.unfollowed)}`,
    })),
  });
  const flag: Flag = {
    name: 'follow_unfollow',
    severity: 'amber',
    title: 'Follows and unfollows in waves',
    reason: `${plural(waves.length, 'wave')} in the count of followed accounts, ${count(followed)} accounts in all: a way to collect followers who did not come for the content.`,
    signal: spec.name,
  };
  return { signal, flags: isHabit ? [flag] : [], section: { state: 'known', series, source, waves, needs: null } };
}
