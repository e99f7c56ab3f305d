import type { PriceFormat } from '#modules/creators/api.ts';
import type { MachineVerdict, Report, Signal } from '#modules/vetting/api.ts';
import type { FigureMeaning } from '#web/ui/figure-meaning.ts';
import { formatDecimal, formatShare } from '#web/ui/format-number.ts';
import type { Verdict } from '#web/ui/verdict-tag.tsx';

export const verdictLooks: Record<MachineVerdict, { verdict: Verdict; word: string }> = {
  pass: { verdict: 'yes', word: 'Pass' },
  review: { verdict: 'caution', word: 'Review' },
  reject: { verdict: 'no', word: 'Reject' },
  not_enough_data: { verdict: 'unknown', word: 'Not enough data' },
};

/** +11, −3.5, 0 */
export function points(value: number): string {
  const text = formatDecimal(Math.abs(value), Number.isInteger(value) ? 0 : 1);
  return value > 0 ? `+${text}` : value < 0 ? `−${text}` : '0';
}

/** Below 1 % two digits count, so that 0.10 % and 0.14 % stay apart. */
export function rate(value: number): string {
  return formatShare(value, Math.abs(value) < 0.01 && value !== 0 ? 2 : undefined);
}

export function coverage(value: number): string {
  return `${formatDecimal(value * 100, value * 100 >= 99.5 || Number.isInteger(Math.round(value * 1000) / 10) ? 0 : 1)} %`;
}

/** What stands behind a signal, for its popover. */
export function meaningOf(signal: Signal): FigureMeaning {
  const { interval } = signal;
  return {
    formula: signal.formula,
    ...(signal.source !== '' && { source: signal.source }),
    ...(signal.sample !== '' && { n: signal.sample }),
    ...(signal.asOf !== null && { asOf: signal.asOf }),
    ...(interval !== null && {
      interval: `${rate(interval.low)} to ${rate(interval.high)}, ${coverage(interval.coverage)}`,
    }),
  };
}

/** One line for a row: what was found, or that it is not known and what that costs. */
export function noteOf(signal: Signal): string {
  if (signal.state !== 'unknown') return signal.text;
  return `Not known, so it counts as its worst. ${signal.text}`;
}

export function scoredRate(report: Pick<Report, 'engagement'>) {
  return report.engagement.rates.find((one) => one.isScored);
}

/** What is paid for, as a person reads it. */
export const priceFormatWords: Record<PriceFormat, string> = {
  post: 'Post',
  reel: 'Reel',
  story: 'Story',
  video: 'Video',
  integration: 'Integration in a video',
  short: 'Short',
  live: 'Live stream',
  carousel: 'Carousel',
  pin: 'Pin',
  article: 'Article',
  ugc: 'Content for your channels',
  bundle: 'Bundle',
};
