import type { Platform } from '#kernel/platform.ts';
import {
  type AudienceDistributions,
  type AudienceRow,
  contactKinds,
  type PriceFormat,
  type ProfileRow,
  priceFormats,
  type StatedDimension,
} from '../api.ts';
import type { RowProblem } from './creator-state.ts';
import type { StatementTarget } from './statement-target.ts';

type Value = string | number | boolean | string[];
/** Sums so far above 1 are rounding of whole percents; they are brought back to 1. More is a fault of the row. */
const roundingMax = 1.02;

interface Stated {
  distributions: Map<StatedDimension, Map<string, number>>;
  columns: Map<StatedDimension, string>;
  n: number | null;
  credibility: number | null;
  adultShare: number | null;
  likesFromOthers: number | null;
  prices: NonNullable<ProfileRow['prices']>;
}

/** Gathers what the cells of one row state of audiences, prices and contacts, by the platform their column names. */
export class RowStatements {
  private readonly byPlatform = new Map<Platform | '', Stated>();
  readonly contacts: string[] = [];
  readonly emails: string[] = [];
  readonly phones: string[] = [];

  add(plan: { target: StatementTarget; column: string; platform: Platform | null }, value: Value): void {
    const { target } = plan;
    if (target.startsWith('contact.')) {
      this.addContacts(value);
      return;
    }
    const stated = this.statedOf(plan.platform ?? '');
    if (target.startsWith('price.')) {
      const [currency = '', amountMinor = ''] = String(value).split(' ');
      const format: PriceFormat | null = priceFormats.find((one) => one === target.slice(6)) ?? null;
      stated.prices.push({ format, price: { amountMinor, currency } });
    } else if (target === 'audience.n') stated.n = Number(value);
    else if (target === 'audience.credibility') stated.credibility = Number(value);
    else if (target === 'audience.adultShare') stated.adultShare = Number(value);
    else if (target === 'audience.likesFromOthers') stated.likesFromOthers = Number(value);
    else addShares(stated, plan, value);
  }

  private addContacts(value: Value): void {
    for (const contact of Array.isArray(value) ? value : [String(value)]) {
      const at = contact.indexOf(':');
      const kind = contact.slice(0, at);
      const text = contact.slice(at + 1);
      if (kind === 'email') this.emails.push(text);
      else if (kind === 'phone') this.phones.push(text);
      else this.contacts.push(contactKinds.some((one) => one === kind) ? contact : `other:${kind} ${text}`);
    }
  }

  private statedOf(platform: Platform | ''): Stated {
    let stated = this.byPlatform.get(platform);
    if (stated === undefined) {
      stated = {
        distributions: new Map(),
        columns: new Map(),
        n: null,
        credibility: null,
        adultShare: null,
        likesFromOthers: null,
        prices: [],
      };
      this.byPlatform.set(platform, stated);
    }
    return stated;
  }

  /** Gives each profile what is stated of it; what names no platform belongs to the first. Faults: shares that exceed the whole. */
  applyTo(profiles: readonly ProfileRow[], row: number): RowProblem[] {
    const problems: RowProblem[] = [];
    for (const [platform, stated] of this.byPlatform) {
      const profile = profiles.find((one) => one.platform === platform) ?? profiles[0];
      if (profile === undefined) continue;
      if (stated.prices.length > 0) profile.prices = [...(profile.prices ?? []), ...stated.prices];
      const audience = toAudience(stated, row, problems);
      if (audience !== null) profile.audience = audience;
    }
    return problems;
  }
}

function addShares(stated: Stated, plan: { target: StatementTarget; column: string }, value: Value): void {
  const [dimension = '', named] = plan.target.slice('audience.'.length).split(':', 2);
  const key = dimension as StatedDimension;
  const shares = stated.distributions.get(key) ?? new Map<string, number>();
  stated.distributions.set(key, shares);
  if (!stated.columns.has(key)) stated.columns.set(key, plan.column);
  const put = (name: string, share: number) => shares.set(name, (shares.get(name) ?? 0) + share);
  if (named !== undefined) put(named, Number(value));
  else
    for (const part of Array.isArray(value) ? value : []) {
      const at = part.lastIndexOf('=');
      put(part.slice(0, at), Number(part.slice(at + 1)));
    }
}

/** One person may have several of these. */
const overlapping: ReadonlySet<StatedDimension> = new Set(['interest', 'brand']);

function toAudience(stated: Stated, row: number, problems: RowProblem[]): AudienceRow | null {
  const distributions: AudienceDistributions = {};
  for (const [dimension, shares] of stated.distributions) {
    if (shares.size === 0) continue;
    const sum = [...shares.values()].reduce((all, share) => all + share, 0);
    if (!overlapping.has(dimension) && sum > roundingMax) {
      problems.push({
        row,
        field: stated.columns.get(dimension) ?? `audience ${dimension}`,
        message: `The shares of the audience by ${dimension} add up to ${Math.round(sum * 1000) / 10} %, more than all of it`,
      });
      continue;
    }
    const per = !overlapping.has(dimension) && sum > 1 ? sum : 1;
    distributions[dimension] = Object.fromEntries(
      [...shares].map(([value, share]) => [value, Math.round(Math.min(1, share / per) * 1e6) / 1e6]),
    );
  }
  const { n, credibility, adultShare, likesFromOthers } = stated;
  const isEmpty = Object.keys(distributions).length === 0;
  if (isEmpty && credibility === null && adultShare === null && likesFromOthers === null) return null;
  return {
    origin: 'imported',
    n: n === 0 ? null : n,
    distributions,
    credibility,
    adultShare,
    ...(likesFromOthers === null ? {} : { likesFromOthers }),
  };
}
