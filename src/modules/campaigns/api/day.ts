import { daySchema } from '#kernel/time.ts';

/** A day of a plan. The span keeps typing errors such as the year 0226 out. */
export const planDay = daySchema.refine((day) => day >= '2000-01-01' && day <= '2099-12-31', {
  error: 'A day between 2000-01-01 and 2099-12-31',
});
