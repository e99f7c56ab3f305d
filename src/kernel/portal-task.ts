import { z } from 'zod';
import { instantSchema } from './time.ts';

/** Something a creator has to do, as the module that wants it says it. */
export interface PortalTask {
  /** `<noun>.<what>`, such as `contract.sign`; the home page picks an icon by its noun. */
  kind: string;
  /** What to do, as a sentence without a full stop: "Sign the contract for Slow Mornings". */
  title: string;
  /** One plain line more; empty when there is nothing to add. */
  detail: string;
  dueAt: Date | null;
  /** Below /p: where it is done. */
  path: string;
  campaignId: string | null;
  /** True when somebody waits for it or it is nearly late. */
  isUrgent: boolean;
}

/** The same as it stands in an answer. */
export const portalTaskSchema = z.object({
  kind: z.string(),
  title: z.string(),
  detail: z.string(),
  dueAt: instantSchema.nullable(),
  path: z.string(),
  campaignId: z.string().nullable(),
  isUrgent: z.boolean(),
});

/** By urgency: what is urgent, then what is due first, then what has no date; ties by title. */
export function byUrgency(a: PortalTask, b: PortalTask): number {
  if (a.isUrgent !== b.isUrgent) return a.isUrgent ? -1 : 1;
  const due = (a.dueAt?.getTime() ?? Number.POSITIVE_INFINITY) - (b.dueAt?.getTime() ?? Number.POSITIVE_INFINITY);
  if (due !== 0 && !Number.isNaN(due)) return due;
  return a.title < b.title ? -1 : a.title > b.title ? 1 : 0;
}
