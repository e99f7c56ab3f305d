import { isKnownCurrency, parseAmount, toMoneyJson } from '#kernel/money.ts';
import { addDays } from '#kernel/time.ts';
import { type GoalMetric, type GoalProposal, type GoalValue, goalMetrics } from '../api.ts';

// Words that point to one metric, the most telling first. Tested against the text in lower case.
const metricWords: readonly [RegExp, GoalMetric][] = [
  [/\b(cpa|cost per (order|sale|acquisition|customer))\b/, 'cpa'],
  [/\b(roas|return on (ad )?spend)\b/, 'roas'],
  [/\bengagement rate\b/, 'engagement_rate'],
  [/\b(revenue|turnover|gmv|in sales|sales of|sales worth)\b/, 'revenue'],
  [/\b(orders?|purchases?|conversions?|checkouts?|sales)\b/, 'orders'],
  [/\b(visits?|visitors?|sessions?|traffic)\b/, 'visitors'],
  [/\b(clicks?)\b/, 'clicks'],
  [/\b(impressions?)\b/, 'impressions'],
  [/\b(views?|plays?)\b/, 'views'],
  [/\b(reach(ed)?|people|audience)\b/, 'reach'],
  [/\b(engagements?|likes|comments|shares|saves|interactions?)\b/, 'engagements'],
  [/\b(photos?|pictures?|images?|assets?|ugc|pieces? of content)\b/, 'assets'],
  [/\b(posts?|reels?|videos?|mentions?|stories|shorts?|pins?|articles?)\b/, 'posts_live'],
];

// Words of a wish that no number measures yet, and the metrics that could.
const wishWords: readonly [RegExp, readonly GoalMetric[]][] = [
  [/\b(awareness|known|visibility|exposure|brand|buzz|famous)\b/, ['reach', 'impressions', 'views']],
  [/\b(engage|engagement|community|talk|interaction|love)\b/, ['engagements', 'engagement_rate']],
  [/\b(website|landing|shop visits|traffic)\b/, ['visitors', 'clicks']],
  [/\b(sell|sales|buy|customers?|grow|growth|money|roi|profit)\b/, ['orders', 'revenue', 'cpa', 'roas']],
  [/\b(content|creative|ugc|material)\b/, ['posts_live', 'assets']],
];

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const spans: Record<string, number> = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };
const countWords: Record<string, number> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, six: 6, twelve: 12 };

interface Frame {
  currency: string;
  /** Last day of the campaign; proposed where the text names no date. */
  endsOn: string;
  today: string;
}

/**
 * Reads a goal out of words: what can be measured is filled in, what is missing is named and proposed. Guesses no number: "+30 %" becomes a
 * target only with the figure it starts from.
 */
export function readGoal(text: string, frame: Frame & { baseline?: GoalValue | null }): GoalProposal {
  const words = text.toLowerCase();
  const dueOn = readDay(words, frame);
  const withoutDate = words.replace(/\b(by|until|before|in|within)\b.*$/, (tail) => (dueOn === null ? tail : ''));
  const metric = metricWords.find(([pattern]) => pattern.test(words))?.[1] ?? null;
  const change = readChange(words);
  const isChange = change !== null && metric !== 'engagement_rate';
  const baseline = frame.baseline ?? null;
  const grown = isChange && baseline !== null ? growBy(baseline, change) : null;
  const target = isChange ? grown : readTarget(withoutDate, metric, frame.currency);
  const fromMoney = metric === 'orders' && typeof target === 'object' && target !== null ? 'revenue' : metric;
  const wished = wishWords.filter(([pattern]) => pattern.test(words)).flatMap(([, metrics]) => metrics);
  const choices = fromMoney !== null ? [fromMoney] : [...new Set(wished.length > 0 ? wished : everyFamily)];
  const missing: GoalProposal['missing'] = [];
  if (fromMoney === null) missing.push('metric');
  if (target === null) missing.push(isChange ? 'baseline' : 'target');
  if (dueOn === null) missing.push('dueOn');
  const proposal = say({ metric: fromMoney ?? choices[0] ?? 'reach', target, dueOn: dueOn ?? frame.endsOn });
  return { metric: fromMoney, target, dueOn, missing, proposal, choices, change: isChange ? change : null };
}

/** "+30 %", "30 % more", "grow by 30 percent" as 0.3; "-10 %" as -0.1. Null when no change is said. */
function readChange(text: string): number | null {
  const match =
    /([+-])\s*(\d+(?:[.,]\d+)?)\s*(?:%|percent)/.exec(text) ??
    /()\b(\d+(?:[.,]\d+)?)\s*(?:%|percent) (?:more|higher|up|growth|increase|uplift)/.exec(text) ??
    /\b(?:by|grow|increase|raise|lift)() (?:by )?(\d+(?:[.,]\d+)?)\s*(?:%|percent)/.exec(text);
  if (match === null) return null;
  const value = Number((match[2] ?? '').replace(',', '.')) / 100;
  return match[1] === '-' ? -value : value;
}

/** A figure grown by a part of itself: whole numbers stay whole, money stays exact to a minor unit, half a unit goes up. */
function growBy(baseline: GoalValue, change: number): GoalValue | null {
  // Ten-thousandths of the part keep money in whole numbers.
  const parts = 10_000 + Math.round(change * 10_000);
  if (parts <= 0) return null;
  if (typeof baseline === 'number') {
    const grown = (baseline * parts) / 10_000;
    return Number.isInteger(baseline) ? Math.round(grown) : grown;
  }
  const amountMinor = (BigInt(baseline.amountMinor) * BigInt(parts) + 5_000n) / 10_000n;
  return toMoneyJson({ amountMinor, currency: baseline.currency });
}

const everyFamily: readonly GoalMetric[] = ['reach', 'engagements', 'visitors', 'orders', 'posts_live'];

/** The goal as a person would say it; a number nobody gave stays a gap. */
function say(goal: { metric: GoalMetric; target: GoalValue | null; dueOn: string }): string {
  const facts = goalMetrics[goal.metric];
  const amount = goal.target === null ? '…' : sayValue(goal.target, facts.kind);
  const bound = facts.direction === 'at_most' ? 'at most ' : '';
  const unit = facts.unit === '' ? '' : ` ${facts.unit}`;
  return `${facts.label}: ${bound}${amount}${unit} by ${goal.dueOn}, measured by ${facts.source}`;
}

function sayValue(value: GoalValue, kind: string): string {
  if (typeof value === 'object') return `${value.amountMinor} minor units of ${value.currency}`;
  return kind === 'share' ? `${Math.round(value * 1000) / 10} %` : String(value);
}

const numberPattern = /(\d{1,3}(?:[ ,.'’]\d{3})+|\d+(?:[.,]\d+)?)\s*(k|m|%|percent)?(?![\w])/;

function readTarget(text: string, metric: GoalMetric | null, currency: string): GoalValue | null {
  const match = numberPattern.exec(text);
  if (match === null) return null;
  const [whole, digits = '', suffix] = match;
  const value = readNumber(digits) * (suffix === 'k' ? 1e3 : suffix === 'm' ? 1e6 : 1);
  if (!(value > 0)) return null;
  const isPercent = suffix === '%' || suffix === 'percent';
  if (isPercent) return metric === 'engagement_rate' ? value / 100 : null;
  const around = text.slice(Math.max(0, match.index - 5), match.index + whole.length + 5).toUpperCase();
  const named =
    /[€$£¥]/.test(around) ||
    (around.match(/\b[A-Z]{3}\b/g) ?? []).some((code) => code === currency && isKnownCurrency(code));
  const wantsMoney = metric !== null && goalMetrics[metric].kind === 'money';
  if (wantsMoney || (named && (metric === null || metric === 'orders'))) return toMoney(value, currency);
  if (metric !== null && goalMetrics[metric].kind === 'count' && !Number.isInteger(value)) return null;
  return value;
}

function readNumber(digits: string): number {
  if (/^\d{1,3}([ ,.'’]\d{3})+$/.test(digits)) return Number(digits.replace(/[ ,.'’]/g, ''));
  return Number(digits.replace(',', '.'));
}

function toMoney(value: number, currency: string): GoalValue | null {
  try {
    return toMoneyJson(parseAmount(String(value), currency));
  } catch {
    return null;
  }
}

function readDay(text: string, frame: Frame): string | null {
  const iso = /\b(20\d\d-[01]\d-[0-3]\d)\b/.exec(text)?.[1];
  if (iso !== undefined) return isDay(iso) ? iso : null;
  const named =
    /\b(\d{1,2})(?:st|nd|rd|th)?\.? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:,? (20\d\d))?/.exec(
      text,
    );
  if (named !== null) return dayOf(named[1] ?? '', named[2] ?? '', named[3], frame);
  const american =
    /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (20\d\d))?\b/.exec(
      text,
    );
  if (american !== null) return dayOf(american[2] ?? '', american[1] ?? '', american[3], frame);
  const span = /\b(?:in|within) (\d{1,3}|a|an|one|two|three|four|six|twelve) (day|week|month|quarter|year)s?\b/.exec(
    text,
  );
  if (span === null) return null;
  const count = countWords[span[1] ?? ''] ?? Number(span[1]);
  return addDays(frame.today, count * (spans[span[2] ?? ''] ?? 1));
}

// Without a year, the next such day from today on is meant.
function dayOf(dayText: string, monthText: string, year: string | undefined, frame: Frame): string | null {
  const rest = `${String(months.indexOf(monthText) + 1).padStart(2, '0')}-${dayText.padStart(2, '0')}`;
  const thisYear = frame.today.slice(0, 4);
  const first = `${year ?? thisYear}-${rest}`;
  const day = year === undefined && first < frame.today ? `${Number(thisYear) + 1}-${rest}` : first;
  return isDay(day) ? day : null;
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().slice(0, 10) === text;
}
