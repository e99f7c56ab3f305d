import { AppError } from '#kernel/errors.ts';

const linesMax = 6;

/** What went wrong in plain lines: the message, then the first rows or fields at fault. */
export function errorLines(error: unknown): string[] {
  if (!(error instanceof AppError)) return ['Something went wrong. Try again.'];
  const details = error.details
    .filter((detail) => detail.message !== error.message)
    .slice(0, linesMax)
    .map((detail) => (detail.row === undefined ? detail.message : `Row ${detail.row}: ${detail.message}`));
  return [error.message, ...new Set(details)];
}
