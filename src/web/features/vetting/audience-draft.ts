import { type Audience, type AudienceRow, audienceAges, audienceGenders, shareSumMax } from '#modules/creators/api.ts';

type Entry = number | string;

/** An audience while it is typed: shares in per cent, as reports print them. */
export interface AudienceDraft {
  origin: 'declared' | 'imported';
  source: string;
  /** YYYY-MM-DD. */
  day: string;
  n: Entry;
  countries: { key: number; code: string | null; percent: Entry }[];
  ages: Record<string, Entry>;
  genders: Record<string, Entry>;
  credibility: Entry;
  likesFromOthers: Entry;
}

const percentOf = (share: number | undefined): Entry => (share === undefined ? '' : Math.round(share * 10_000) / 100);
/** Per cents have two digits here, so fractions have four. */
const fractionOf = (percent: Entry): number => Math.round(Number(percent) * 100) / 10_000;
const isGiven = (entry: Entry) => entry !== '' && Number.isFinite(Number(entry));

export function draftOfAudience(audience: Audience | null, today: string): AudienceDraft {
  const shares = audience?.distributions ?? {};
  const countries = Object.entries(shares.country ?? {}).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    origin: audience?.origin === 'imported' ? 'imported' : 'declared',
    source: '',
    day: today,
    n: audience?.n ?? '',
    countries:
      countries.length === 0
        ? [{ key: 0, code: null, percent: '' }]
        : countries.map(([code, share], key) => ({ key, code, percent: percentOf(share) })),
    ages: Object.fromEntries(audienceAges.map((age) => [age, percentOf(shares.age?.[age])])),
    genders: Object.fromEntries(audienceGenders.map((gender) => [gender, percentOf(shares.gender?.[gender])])),
    credibility: percentOf(audience?.credibility ?? undefined),
    likesFromOthers: percentOf(audience?.likesFromOthers ?? undefined),
  };
}

/** What the form states, or what is wrong with it, by its part. What the form has no fields for (towns, languages, interests) stays as it was. */
export function rowOfDraft(draft: AudienceDraft, before: Audience | null): AudienceRow | { fault: string } {
  const countries = draft.countries.filter((row) => isGiven(row.percent));
  const nameless = countries.find((row) => row.code === null);
  if (nameless !== undefined) return { fault: `Say in which country ${nameless.percent} % of the audience is.` };
  const codes = countries.map((row) => row.code ?? '');
  const twice = codes.find((code, at) => codes.indexOf(code) < at);
  if (twice !== undefined) return { fault: `${twice} stands in two rows. Put its shares together.` };
  const country = Object.fromEntries(countries.map((row) => [row.code ?? '', fractionOf(row.percent)]));
  const age = sharesOf(draft.ages);
  const gender = sharesOf(draft.genders);
  for (const [name, shares] of Object.entries({ Countries: country, Ages: age, Genders: gender })) {
    const sum = Object.values(shares).reduce((all, share) => all + share, 0);
    if (sum > shareSumMax)
      return { fault: `${name} add up to ${Math.round(sum * 1000) / 10} %, more than all of the audience.` };
  }
  const part = (shares: Record<string, number>) => (Object.keys(shares).length === 0 ? undefined : shares);
  const given = { country: part(country), age: part(age), gender: part(gender) };
  if (
    given.country === undefined &&
    given.age === undefined &&
    given.gender === undefined &&
    !isGiven(draft.credibility) &&
    !isGiven(draft.likesFromOthers)
  )
    return { fault: 'Enter at least one share, or the share of real followers or of likes from others.' };
  const { country: _, age: __, gender: ___, ...others } = before?.distributions ?? {};
  return {
    origin: draft.origin,
    n: isGiven(draft.n) ? Number(draft.n) : null,
    credibility: isGiven(draft.credibility) ? fractionOf(draft.credibility) : null,
    ...(isGiven(draft.likesFromOthers) ? { likesFromOthers: fractionOf(draft.likesFromOthers) } : {}),
    distributions: { ...others, ...given },
  };
}

function sharesOf(entries: Record<string, Entry>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([value, percent]) => (isGiven(percent) ? [[value, fractionOf(percent)]] : [])),
  );
}
