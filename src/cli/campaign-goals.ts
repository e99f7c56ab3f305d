import { AppError } from '#kernel/errors.ts';
import { type GoalInput, goalMetricNames, goalMetricSchema, goalMetrics } from '#modules/campaigns/api.ts';
import { readMoneyOption } from './read-money-option.ts';

export interface GoalOptions {
  metric?: string;
  target?: string;
  by?: string;
  main?: boolean;
}

/** A goal as the API takes it, of words and options. What is left out stays out: the server says what is missing. Error: cli.bad_option. */
export function readGoalOptions(words: string, options: GoalOptions, currency: string): Omit<GoalInput, 'baseline'> {
  const metric = options.metric === undefined ? undefined : goalMetricSchema.safeParse(options.metric);
  const bad = (option: string, message: string) =>
    new AppError('invalid', 'cli.bad_option', `${option}: ${message}`, [{ field: option, message }]);
  if (metric?.success === false)
    throw bad('--metric', `"${options.metric}" is not known. Use one of ${goalMetricNames.join(', ')}.`);
  const target =
    options.target === undefined ? undefined : readTarget(options.target, metric?.data ?? null, currency, bad);
  return {
    ...(words.trim() === '' ? {} : { text: words.trim() }),
    ...(metric === undefined ? {} : { metric: metric.data }),
    ...(target === undefined ? {} : { target }),
    ...(options.by === undefined ? {} : { dueOn: options.by }),
    ...(options.main === true ? { isMain: true } : {}),
  };
}

function readTarget(
  text: string,
  metric: GoalInput['metric'] | null,
  currency: string,
  bad: (option: string, message: string) => AppError,
): GoalInput['target'] {
  const isMoney =
    metric === null || metric === undefined ? /[A-Za-z]{3}\s*$/.test(text) : goalMetrics[metric].kind === 'money';
  if (isMoney) return readMoneyOption('--target', text, currency) ?? undefined;
  const isPercent = text.trim().endsWith('%');
  const value = Number(text.replace('%', '').replaceAll(',', '').trim());
  if (!Number.isFinite(value)) throw bad('--target', `"${text}" is not a number.`);
  return isPercent ? Math.round(value * 1e6) / 1e8 : value;
}
