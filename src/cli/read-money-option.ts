import { AppError } from '#kernel/errors.ts';
import { type MoneyJson, parseAmount, toMoneyJson } from '#kernel/money.ts';

/** "8400 EUR" or, where a currency is given beside it, "8400". Errors name the option: cli.bad_option. */
export function readMoneyOption(option: string, text: string | undefined, currency: string | null): MoneyJson | null {
  if (text === undefined) return null;
  const match = /^\s*(\S+)(?:\s+([A-Za-z]{3}))?\s*$/.exec(text);
  const code = match?.[2]?.toUpperCase() ?? currency;
  const fail = (message: string) =>
    new AppError('invalid', 'cli.bad_option', `${option}: ${message}`, [{ field: option, message }]);
  if (match === null || code === null)
    throw fail(`"${text}" is not an amount. Write it with its currency, such as "8400 EUR".`);
  try {
    return toMoneyJson(parseAmount(match[1] ?? '', code));
  } catch (error) {
    if (error instanceof AppError) throw fail(error.message);
    throw error;
  }
}
