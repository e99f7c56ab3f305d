import type { Flag, Signal } from '../api.ts';
import { languagesOf } from './country-languages.ts';
import { known, notApplicable, type SignalSpec, unknown } from './signal.ts';
import { ramp } from './statistics.ts';
import type { VettingSubject } from './subject.ts';
import { joinWords, plural, share } from './words.ts';

const spec: SignalSpec = {
  name: 'audience_language',
  point: 'audience_authenticity',
  title: 'The audience lives where the creator is understood',
  formula:
    'share of the stated audience that speaks a language of the creator, or lives in a country where one is spoken, of the part whose language or country is known',
};
/** Below this part of the audience nothing is said. */
const knownNeeded = 0.5;
const flaggedBelow = 0.2;
const needs = 'languages of the creator, and countries or languages of at least half of the audience';
const evidenceMax = 8;

export interface JudgedPlace {
  signal: Signal;
  flags: Flag[];
}

/** Bought followers come from where they are cheap, not from where anybody understands the posts. */
export function judgePlace(subject: Pick<VettingSubject, 'languages' | 'statedAudience'>): JudgedPlace {
  const languages = (subject.languages ?? []).map((one) => one.toLowerCase().slice(0, 2));
  const audience = subject.statedAudience ?? null;
  if (audience === null) return { signal: unknown(spec, 'Nobody stated where the audience lives.', needs), flags: [] };
  if (languages.length === 0)
    return { signal: unknown(spec, 'The languages of the creator are not known.', needs), flags: [] };
  const parts = partsOf(audience.languages, languages) ?? partsOfCountries(audience.countries, languages);
  if (parts === null) {
    // Read all over the world, so that no country is odd.
    if (languages.includes('en'))
      return { signal: notApplicable(spec, 'English is read everywhere; no country is odd.'), flags: [] };
    return { signal: unknown(spec, 'Too little of the audience is stated.', needs), flags: [] };
  }
  const all = parts.reduce((sum, part) => sum + part.share, 0);
  const value = parts.reduce((sum, part) => sum + (part.isUnderstood ? part.share : 0), 0) / all;
  const signal = known(spec, {
    text: `${share(value)} of the stated audience can be expected to understand ${joinWords(languages)}.`,
    value,
    display: share(value),
    contribution: ramp(value, [
      [0.1, -3],
      [0.3, -1],
      [0.5, 0],
    ]),
    source: audience.source,
    n: audience.n ?? 0,
    sample: audience.n === null ? 'size of the sample not stated' : plural(audience.n, 'account'),
    asOf: audience.at,
    threshold: `${share(flaggedBelow)} to ${share(0.5)}`,
    evidence: parts
      .toSorted((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))
      .slice(0, evidenceMax)
      .map((part) => ({
        kind: 'figure',
        id: null,
        at: audience.at,
        url: null,
        label: part.isUnderstood ? part.name : `${part.name}: not understood there`,
        value: share(part.share),
      })),
  });
  const flag: Flag = {
    name: 'audience_elsewhere',
    severity: 'amber',
    title: 'The audience lives where the creator is not understood',
    reason: `Only ${share(value)} of the stated audience speaks ${joinWords(languages)} or lives where it is spoken (${audience.source}). Bought followers look like that; so do creators whose pictures need no words, and people who live abroad.`,
    signal: spec.name,
  };
  return { signal, flags: value < flaggedBelow ? [flag] : [] };
}

interface Part {
  name: string;
  share: number;
  isUnderstood: boolean;
}

function partsOf(given: Readonly<Record<string, number>>, languages: readonly string[]): Part[] | null {
  const parts = Object.entries(given).map(([name, part]) => ({
    name,
    share: part,
    isUnderstood: languages.includes(name.toLowerCase().slice(0, 2)),
  }));
  return enough(parts);
}

function partsOfCountries(given: Readonly<Record<string, number>>, languages: readonly string[]): Part[] | null {
  if (languages.includes('en')) return null;
  const parts = Object.entries(given).flatMap(([name, part]): Part[] => {
    const spoken = languagesOf(name);
    return spoken === null
      ? []
      : [{ name, share: part, isUnderstood: spoken.some((one) => languages.includes(one.slice(0, 2))) }];
  });
  return enough(parts);
}

const enough = (parts: Part[]) => (parts.reduce((sum, part) => sum + part.share, 0) >= knownNeeded ? parts : null);
