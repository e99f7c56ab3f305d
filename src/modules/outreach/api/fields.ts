import { z } from 'zod';

export const id = z.string().min(1).max(60);

/** What a template may name. A field that is not known of a creator, and has no fallback, keeps the mail from being sent. */
export const mergeFields = [
  'first_name',
  'name',
  'handle',
  'platform',
  'followers',
  'niche',
  'city',
  'country',
  'last_post',
  'campaign',
  'brand',
  'pitch',
  'sender_name',
] as const;
export type MergeField = (typeof mergeFields)[number];

export const mergeFieldWords: Record<MergeField, string> = {
  first_name: 'First name, where the stated name looks like a person’s',
  name: 'Name as it is kept',
  handle: '@handle of the largest profile',
  platform: 'Platform of the largest profile',
  followers: 'Followers of the largest profile, rounded',
  niche: 'First niche',
  city: 'City',
  country: 'Country',
  last_post: 'First words of the newest post with a caption',
  campaign: 'Name of the campaign',
  brand: 'Name of this workspace',
  pitch: 'What the settings say about the brand',
  sender_name: 'Name of the mailbox',
};

export const subjectField = z
  .string()
  .trim()
  .min(1, 'Write a subject')
  .max(300)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  .regex(/^[^\u0000-\u001f\u007f\u0085\u2028\u2029]*$/, 'must be one line without control characters');
export const bodyField = z.string().trim().min(1, 'Write something').max(20_000);

export const stepSchema = z
  .object({
    waitDays: z.number().int().min(0).max(60).describe('Sending days after the step before; 0 for the first'),
    subject: subjectField.nullable().describe('Null answers in the thread of the step before'),
    body: bodyField,
  })
  .meta({ id: 'SequenceStep' });
export type Step = z.infer<typeof stepSchema>;

export const stepsField = z
  .array(stepSchema)
  .min(1, 'A sequence needs a step')
  .max(8)
  .refine((steps) => steps[0]?.subject !== null, 'The first step needs a subject');

export const personIdsField = z
  .array(id)
  .min(1, 'Choose at least one creator')
  .max(500, 'At most 500 creators at once');
