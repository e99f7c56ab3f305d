import type { Platform } from '#kernel/platform.ts';
import { currencyIn } from './statement-cells.ts';
import { readStatementHeading } from './statement-columns.ts';
import type { StatementTarget } from './statement-target.ts';

interface StatementProposal {
  target: StatementTarget | 'custom';
  platform: Platform | null;
  confidence: number;
  reason: string;
}

/** Audiences, prices and contacts state in their heading what they are of. What the cells do not bear out is kept as an extra field. */
export function proposeStatement(column: string, cells: readonly string[]): StatementProposal | null {
  const stated = readStatementHeading(column);
  if (stated === null) return null;
  // "Contact details" of a sheet are an address, of a service a list.
  if (stated.target === 'contact.list' && !cells.some((cell) => cell.startsWith('['))) return null;
  const isBorneOut = cells.length === 0 || fitsCells(stated.target, column, cells);
  return isBorneOut
    ? { ...stated, confidence: 0.9, reason: `the heading "${column}"` }
    : { target: 'custom', platform: null, confidence: 0.2, reason: 'its cells hold no such figures' };
}

function fitsCells(target: StatementTarget, column: string, cells: readonly string[]): boolean {
  const hasDigits = (cell: string) => /\d/.test(cell);
  if (target.startsWith('price.'))
    return cells.some(hasDigits) && (currencyIn(column) !== null || cells.some((cell) => currencyIn(cell) !== null));
  return target.startsWith('contact.') || cells.some(hasDigits);
}
