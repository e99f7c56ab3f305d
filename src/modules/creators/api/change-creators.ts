import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { countryCode } from './country-code.ts';
import { personSchema } from './creator.ts';
import { id, shortText } from './fields.ts';
import { importErrorSchema } from './imports.ts';
import { contactSchema, contactTypeSchema, creatorRowSchema, genders, profileRowSchema } from './rows.ts';

export const createCreator = endpoint({
  name: 'creators.create',
  method: 'POST',
  path: '/creators',
  access: 'creators:write',
  summary: 'Add one creator with one or more profiles',
  input: creatorRowSchema.omit({ key: true, observedAt: true }),
  output: personSchema,
});

export const importOutcomeSchema = z.object({
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  errors: z.array(importErrorSchema),
  personIds: z.array(z.string().nullable()),
});

export const importCreators = endpoint({
  name: 'creators.import',
  method: 'POST',
  path: '/creators/import',
  access: 'creators:write',
  summary: 'Bring in up to 1,000 creators at once from another program; known ones are completed',
  input: z.object({
    source: shortText.default('api').describe('Stands beside every figure'),
    observedAt: instantSchema.optional(),
    rows: z.array(z.unknown()).min(1).max(1000),
  }),
  output: importOutcomeSchema,
});

export const addHandles = endpoint({
  name: 'creators.addHandles',
  method: 'POST',
  path: '/creators/handles',
  access: 'creators:write',
  summary: 'Add creators by a list of handles and addresses of profiles, one a line',
  input: z.object({
    text: z.string().min(1).max(200_000),
    platform: platformSchema.default('instagram'),
    tags: z.array(shortText).max(20).default([]),
  }),
  output: importOutcomeSchema,
});

const clearableText = shortText.nullable().optional();

export const updateCreator = endpoint({
  name: 'creators.update',
  method: 'PATCH',
  path: '/creators/:personId',
  access: 'creators:write',
  summary: 'Change what is known of a person; what a person enters holds against later files',
  input: z.object({
    personId: id,
    name: clearableText,
    country: countryCode.nullable().optional(),
    region: clearableText,
    city: clearableText,
    website: z.string().max(2000).nullable().optional(),
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}$/))
      .max(50)
      .optional(),
    emails: z.array(z.email().max(320)).max(20).optional(),
    phones: z.array(z.string().max(60)).max(20).optional(),
    niches: z.array(shortText).max(100).optional(),
    tags: z.array(shortText).max(100).optional(),
    interests: z.array(shortText).max(100).optional(),
    contacts: z.array(contactSchema).max(30).optional(),
    gender: z.enum(genders).nullable().optional().describe('As the creator declares it'),
    age: z.number().int().min(13).max(120).nullable().optional().describe('As the creator declares it'),
    isOpenToGifting: z.boolean().nullable().optional(),
    contactType: contactTypeSchema.nullable().optional(),
    custom: z
      .record(z.string().trim().min(1).max(200), z.string().max(2000).nullable())
      .optional()
      .describe('Extra fields to set; null takes one away, others stay'),
    ownerId: z.string().max(64).nullable().optional(),
  }),
  output: personSchema,
});

export const updateCreators = endpoint({
  name: 'creators.updateMany',
  method: 'POST',
  path: '/creators/bulk',
  access: 'creators:write',
  summary: 'Tag up to 2,000 creators, give them an owner, or say what they are to you',
  input: z.object({
    personIds: z.array(id).min(1).max(2000),
    addTags: z.array(shortText).max(20).default([]),
    removeTags: z.array(shortText).max(20).default([]),
    ownerId: z.string().max(64).nullable().optional(),
    contactType: contactTypeSchema.nullable().optional().describe('null: told from what happened again'),
  }),
  output: z.object({ changed: z.number() }),
});

export const eraseCreators = endpoint({
  name: 'creators.erase',
  method: 'POST',
  path: '/creators/erase',
  access: 'creators:write',
  summary: 'Erase creators with everything known of them; they may come back by import unless they are suppressed',
  input: z.object({ personIds: z.array(id).min(1).max(2000) }),
  output: z.object({ erased: z.number() }),
});

export const addProfile = endpoint({
  name: 'creators.addProfile',
  method: 'POST',
  path: '/creators/:personId/profiles',
  access: 'creators:write',
  summary: 'Add an account to a person',
  input: profileRowSchema.omit({ history: true, audience: true }).extend({ personId: id }),
  output: personSchema,
});

export const removeProfile = endpoint({
  name: 'creators.removeProfile',
  method: 'DELETE',
  path: '/creators/:personId/profiles/:profileId',
  access: 'creators:write',
  summary: 'Remove an account with its posts and history; the last one stays',
  input: z.object({ personId: id, profileId: id }),
  output: personSchema,
});
