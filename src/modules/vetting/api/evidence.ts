import { z } from 'zod';

export const evidenceSchema = z.object({
  kind: z.enum(['post', 'history', 'figure', 'word', 'comment']),
  id: z.string().nullable().describe('Id of the post, where the row is one'),
  at: z.string().nullable().describe('When: an instant or a day'),
  url: z.string().nullable(),
  label: z.string(),
  value: z.string().describe('The figure or word itself, written out'),
});
export type Evidence = z.infer<typeof evidenceSchema>;
