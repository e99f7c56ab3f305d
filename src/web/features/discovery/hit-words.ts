import type { Hit } from '#modules/discovery/api.ts';

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

export function nameOf(hit: Pick<Hit, 'name' | 'profile'>): string {
  return hit.name ?? hit.profile?.displayName ?? (hit.profile === null ? 'Creator without a name' : hit.profile.handle);
}

export function countryName(code: string): string {
  return /^[A-Za-z]{2}$/.test(code) ? (countries.of(code.toUpperCase()) ?? code) : code;
}

export function languageName(code: string): string {
  return /^[A-Za-z]{2,3}$/.test(code) ? (languages.of(code.toLowerCase()) ?? code) : code;
}

/** While somebody still types, the last word stands for all that begin with it. */
export function typedText(words: string, isTyping: boolean): string {
  const text = words.trim();
  return isTyping && /[\p{L}\p{N}]{2,}$/u.test(words) && !words.includes('"') ? `${text}*` : text;
}

/** Followers over the six months before, oldest first, from the growth the index knows; null is a gap. */
export function followersByMonth(profile: NonNullable<Hit['profile']>): (number | null)[] {
  const { followers, growth } = profile;
  if (followers === null) return [];
  const before = growth.map((rate) => (rate === null || rate <= -1 ? null : followers / (1 + rate)));
  return [...before.toReversed(), followers];
}
