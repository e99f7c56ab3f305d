import { z } from 'zod';
import { instantSchema } from './time.ts';

/** What every link for somebody outside tells of itself; each module adds what its link allows. */
export const guestLinkShape = {
  id: z.string(),
  name: z.string().describe('Whom it is for'),
  hasPassphrase: z.boolean(),
  expiresAt: instantSchema,
  revokedAt: instantSchema.nullable(),
  createdBy: z.string(),
  createdAt: instantSchema,
  opened: z.number().int(),
  lastOpenedAt: instantSchema.nullable(),
};

/** What is said when a link is made. */
export const newGuestLinkShape = {
  name: z.string().trim().min(1, 'Say whom it is for').max(120),
  passphrase: z.string().min(6).max(200).optional(),
  days: z.number().int().min(1).max(365).default(30).describe('Until the link ends'),
};

/** What a guest brings. */
export const guestEntryShape = { token: z.string().min(1).max(200), passphrase: z.string().max(200).optional() };

const guestLinkSchema = z.object(guestLinkShape);
export type GuestLinkView = z.infer<typeof guestLinkSchema>;
