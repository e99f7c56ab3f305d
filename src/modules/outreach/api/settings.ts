import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';

export const outreachSettingsSchema = z
  .object({
    postalAddress: z.string().nullable().describe('Stands below every mail of a sequence, as CAN-SPAM asks'),
    pitch: z.string().describe('One or two sentences about the brand, for {{pitch}} and for proposed drafts'),
    weekdays: z.array(z.number().int().min(1).max(7)).describe('1 Monday to 7 Sunday'),
    opensMinute: z.number().int().min(0).max(1439).describe('Minutes since midnight in the workspace’s time zone'),
    closesMinute: z.number().int().min(1).max(1440),
    tracksOpens: z.boolean().describe('Puts a picture into mails of sequences that tells when it is loaded'),
    timeZone: z.string(),
  })
  .meta({ id: 'OutreachSettings' });
export type OutreachSettings = z.infer<typeof outreachSettingsSchema>;

export const getOutreachSettings = endpoint({
  name: 'outreachSettings.get',
  method: 'GET',
  path: '/outreach/settings',
  access: 'outreach:read',
  summary: 'Postal address, sending hours and what is said about the brand',
  output: outreachSettingsSchema,
});

export const saveOutreachSettings = endpoint({
  name: 'outreachSettings.save',
  method: 'PATCH',
  path: '/outreach/settings',
  access: 'outreach:write',
  summary: 'Change how this workspace writes to creators',
  input: z.object({
    postalAddress: z.string().trim().min(10, 'Give street, place and country').max(300).nullable().optional(),
    pitch: z.string().trim().max(600).optional(),
    weekdays: z.array(z.number().int().min(1).max(7)).min(1, 'Choose at least one day').max(7).optional(),
    opensMinute: z.number().int().min(0).max(1439).optional(),
    closesMinute: z.number().int().min(1).max(1440).optional(),
    tracksOpens: z.boolean().optional(),
  }),
  output: outreachSettingsSchema,
});
