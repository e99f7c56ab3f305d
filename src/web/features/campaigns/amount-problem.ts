import { messageOf } from '#web/ui/form-errors.ts';
import { readAmount } from './words.ts';

/** What is wrong with a typed amount, or null: shown at its field before anything is sent. */
export function amountProblem(text: string, currency: string): string | null {
  try {
    readAmount(text, currency);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
