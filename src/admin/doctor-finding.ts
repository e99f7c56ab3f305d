/** One thing that was looked at. `fix` says what to do and is empty when nothing is wrong. */
export interface Finding {
  check: string;
  /** `warn`: works, but not for ever or not in full. */
  ok: true | false | 'warn';
  message: string;
  fix: string;
}

export const fine = (check: string, message: string): Finding => ({ check, ok: true, message, fix: '' });
export const wrong = (check: string, message: string, fix: string): Finding => ({ check, ok: false, message, fix });
export const doubtful = (check: string, message: string, fix: string): Finding => ({ check, ok: 'warn', message, fix });
