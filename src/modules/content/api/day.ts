import { daySchema } from '#kernel/time.ts';

/** A day of a right; the span keeps typing errors such as the year 0226 out. */
export const planDaySchema = daySchema.refine((value) => value >= '2000-01-01' && value <= '2199-12-31', {
  error: 'A day between 2000-01-01 and 2199-12-31',
});
