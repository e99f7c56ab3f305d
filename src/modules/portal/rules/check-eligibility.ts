import { type Platform, platformNames } from '#kernel/platform.ts';
import type { Eligibility } from '../api.ts';

export interface Applicant {
  country: string | null;
  isAdult: boolean | null;
  profiles: readonly { platform: Platform; followers: number | null }[];
}

export interface Finding {
  rule: 'countries' | 'platforms' | 'followers' | 'adult';
  outcome: 'fits' | 'reject' | 'review' | 'unknown';
  text: string;
}

/** What each rule of a page says of an applicant. What was not stated is `unknown`: a person looks, nothing is turned down for it. */
export function checkEligibility(rules: Eligibility, applicant: Applicant): Finding[] {
  const findings: Finding[] = [];
  const { countries, platforms, followers, adult } = rules;
  if (countries !== null) {
    const list = countries.codes.join(', ');
    const wanted = countries.mode === 'is' ? `is in ${list}` : `is not in ${list}`;
    if (applicant.country === null)
      findings.push({ rule: 'countries', outcome: 'unknown', text: `Country not stated; asked for: ${wanted}` });
    else {
      const fits = countries.codes.includes(applicant.country) === (countries.mode === 'is');
      findings.push({
        rule: 'countries',
        outcome: fits ? 'fits' : countries.otherwise,
        text: `Country ${applicant.country}; asked for: ${wanted}`,
      });
    }
  }
  if (platforms !== null) {
    const fits = applicant.profiles.some((profile) => platforms.anyOf.includes(profile.platform));
    const text = `On ${applicant.profiles.map((profile) => profile.platform).join(', ')}; asked for: ${platforms.anyOf.join(' or ')}`;
    findings.push({ rule: 'platforms', outcome: fits ? 'fits' : platforms.otherwise, text });
  }
  if (followers !== null) findings.push(checkFollowers(followers, platforms?.anyOf ?? null, applicant));
  if (adult !== null) {
    const outcome = applicant.isAdult === null ? 'unknown' : applicant.isAdult ? 'fits' : adult.otherwise;
    const said = applicant.isAdult === null ? 'did not say' : applicant.isAdult ? 'says so' : 'says not';
    findings.push({ rule: 'adult', outcome, text: `18 or older: ${said}` });
  }
  return findings;
}

function checkFollowers(
  rule: NonNullable<Eligibility['followers']>,
  platforms: readonly Platform[] | null,
  applicant: Applicant,
): Finding {
  const counted = applicant.profiles.filter((profile) => platforms === null || platforms.includes(profile.platform));
  const known = counted.flatMap((profile) => (profile.followers === null ? [] : [profile.followers]));
  const wanted = [
    rule.min === null ? '' : `at least ${rule.min.toLocaleString('en-US')}`,
    rule.max === null ? '' : `at most ${rule.max.toLocaleString('en-US')}`,
  ]
    .filter((part) => part !== '')
    .join(' and ');
  if (known.length === 0)
    return { rule: 'followers', outcome: 'unknown', text: `Followers not stated; asked for: ${wanted}` };
  const most = Math.max(...known);
  const fits = most >= (rule.min ?? 0) && most <= (rule.max ?? Number.POSITIVE_INFINITY);
  const text = `${most.toLocaleString('en-US')} followers on the largest account, as stated; asked for: ${wanted}`;
  return { rule: 'followers', outcome: fits ? 'fits' : rule.otherwise, text };
}

/** Countries that English names with an article. */
const withArticle = new Set(['AE', 'BS', 'CD', 'CF', 'CZ', 'DO', 'GB', 'GM', 'KM', 'MV', 'NL', 'PH', 'SB', 'SC', 'US']);

/** For whom a page is, in words for an applicant who does not fit: the rules that turned them down, and none of what was kept of them. */
export function sayForWhom(rules: Eligibility, findings: readonly Finding[]): string {
  const { countries, platforms, followers } = rules;
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
  const either = (of: readonly string[]) => new Intl.ListFormat('en', { type: 'disjunction' }).format(of);
  const range = [
    ...(followers?.min == null ? [] : [`at least ${followers.min.toLocaleString('en-US')}`]),
    ...(followers?.max == null ? [] : [`at most ${followers.max.toLocaleString('en-US')}`]),
  ].join(' and ');
  const named = (code: string) => `${withArticle.has(code) ? 'the ' : ''}${names.of(code) ?? code}`;
  const where = either((countries?.codes ?? []).map(named));
  const words: Record<Finding['rule'], string> = {
    countries: countries?.mode === 'is_not' ? `outside of ${where}` : `in ${where}`,
    platforms: `on ${either((platforms?.anyOf ?? []).map((platform) => platformNames[platform]))}`,
    followers: `with ${range} followers`,
    adult: 'of 18 years or older',
  };
  const misfits = findings.filter((finding) => finding.outcome === 'reject').map((finding) => words[finding.rule]);
  return new Intl.ListFormat('en').format(misfits);
}

/** `reject` when any rule turns down, else `waits` for a person. */
export function verdictOf(findings: readonly Finding[]): 'reject' | 'waits' {
  return findings.some((finding) => finding.outcome === 'reject') ? 'reject' : 'waits';
}
