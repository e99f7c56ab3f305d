import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';

const id = z.string().min(1).max(60);

export const questionKinds = ['short', 'long', 'choice', 'number', 'url', 'file'] as const;

export const questionSchema = z.object({
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'holds small letters, digits and dashes')
    .describe('Stable key of the question; answers are kept under it'),
  kind: z.enum(questionKinds),
  label: z.string().trim().min(1).max(300),
  hint: z.string().trim().max(300).default(''),
  isRequired: z.boolean().default(false),
  choices: z.array(z.string().trim().min(1).max(120)).max(30).default([]).describe('For kind choice'),
  isMany: z.boolean().default(false).describe('For kind choice: several may be chosen'),
});
export type Question = z.infer<typeof questionSchema>;

const country = z.string().regex(/^[A-Z]{2}$/, 'is a two-letter country code, such as IE');
const outcome = z
  .enum(['reject', 'review'])
  .default('reject')
  .describe('What happens to who does not fit: turned down at once, or marked for a person');

/** Who fits. A rule that is not set asks nothing. */
export const eligibilitySchema = z.object({
  countries: z
    .object({ mode: z.enum(['is', 'is_not']), codes: z.array(country).min(1).max(250), otherwise: outcome })
    .nullable()
    .default(null),
  platforms: z
    .object({ anyOf: z.array(platformSchema).min(1), otherwise: outcome })
    .nullable()
    .default(null),
  followers: z
    .object({
      min: z.number().int().min(0).nullable().default(null),
      max: z.number().int().min(0).nullable().default(null),
      otherwise: outcome,
    })
    .nullable()
    .default(null)
    .describe('On the largest account of the platforms asked for, as the applicant states it or as known'),
  adult: z.object({ otherwise: outcome }).nullable().default(null).describe('Asks for the statement to be 18 or older'),
});
export type Eligibility = z.infer<typeof eligibilitySchema>;

export const pageStates = ['draft', 'open', 'closed'] as const;

const pageShape = {
  title: z.string().trim().min(1).max(120),
  slug: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'holds small letters, digits and dashes'),
  intro: z.string().max(5000),
  state: z.enum(pageStates),
  access: z.enum(['open', 'invite']),
  isListed: z.boolean().describe('Stands among the programs of this installation that anybody can look through'),
  category: z.string().trim().max(60).nullable(),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, 'is a colour such as #0b6b66')
    .nullable(),
  closesOn: daySchema.nullable(),
  questions: z.array(questionSchema).max(40),
  rules: eligibilitySchema,
  consent: z.string().max(5000).describe('What an applicant agrees to; empty asks for the plain one'),
  campaignId: id.nullable().describe('Approved creators are put on this campaign'),
  listId: id.nullable().describe('and on this list'),
  tags: z.array(z.string().trim().min(1).max(40)).max(10).describe('and get these tags, such as a tier'),
};

export const funnelSchema = z.object({
  visit: z.number().int(),
  start: z.number().int(),
  submit: z.number().int(),
  approve: z.number().int(),
});
export type Funnel = z.infer<typeof funnelSchema>;

export const applicationPageSchema = z
  .object({
    id: z.string(),
    ...pageShape,
    address: z.string().describe('What to pass on; for invite-only pages with its secret part'),
    hasLogo: z.boolean(),
    waiting: z.number().int(),
    createdBy: z.string(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    funnel: funnelSchema.describe('Visitors, each once a day; approvals of applications'),
  })
  .meta({ id: 'ApplicationPage' });
export type ApplicationPage = z.infer<typeof applicationPageSchema>;

export const listApplicationPages = endpoint({
  name: 'applicationPages.list',
  method: 'GET',
  path: '/application-pages',
  access: 'creators:read',
  summary: 'Application pages, newest first',
  output: z.object({ rows: z.array(applicationPageSchema) }),
});

export const getApplicationPage = endpoint({
  name: 'applicationPages.get',
  method: 'GET',
  path: '/application-pages/:pageId',
  access: 'creators:read',
  summary: 'One application page with its funnel day by day',
  input: z.object({ pageId: id }),
  output: applicationPageSchema.extend({
    days: z.array(
      z.object({ day: daySchema, visit: z.number().int(), start: z.number().int(), submit: z.number().int() }),
    ),
  }),
});

const { title, slug, ...rest } = pageShape;

export const createApplicationPage = endpoint({
  name: 'applicationPages.create',
  method: 'POST',
  path: '/application-pages',
  access: 'creators:write',
  summary: 'Make an application page; a draft until it is opened',
  input: z.object({
    title,
    slug: slug.optional().describe('Made from the title when left out'),
    intro: rest.intro.default(''),
    state: rest.state.default('draft'),
    access: rest.access.default('open'),
    isListed: rest.isListed.default(false),
    category: rest.category.default(null),
    accent: rest.accent.default(null),
    closesOn: rest.closesOn.default(null),
    questions: rest.questions.default([]),
    rules: rest.rules.default({ countries: null, platforms: null, followers: null, adult: null }),
    consent: rest.consent.default(''),
    campaignId: rest.campaignId.default(null),
    listId: rest.listId.default(null),
    tags: rest.tags.default([]),
  }),
  output: applicationPageSchema,
});

export const updateApplicationPage = endpoint({
  name: 'applicationPages.update',
  method: 'PATCH',
  path: '/application-pages/:pageId',
  access: 'creators:write',
  summary: 'Change an application page; what was answered before stays as it was',
  input: z.object({ pageId: id, newInviteCode: z.boolean().optional(), ...z.object(pageShape).partial().shape }),
  output: applicationPageSchema,
});

export const removeApplicationPage = endpoint({
  name: 'applicationPages.remove',
  method: 'DELETE',
  path: '/application-pages/:pageId',
  access: 'creators:write',
  summary: 'Remove a page nobody applied on; close one that has applications',
  input: z.object({ pageId: id }),
});

export const logoBytesMax = 2 * 1024 * 1024;
/** Pixels of its shorter and longer side. */
export const logoEdges = { min: 48, max: 6000 };

export const putApplicationLogo = endpoint({
  name: 'applicationPages.putLogo',
  method: 'POST',
  path: '/application-pages/:pageId/logo',
  access: 'creators:write',
  transport: 'upload',
  summary:
    'Put a logo on an application page: PNG, JPEG, WebP, GIF or AVIF of at most 2 MB; shown drawn anew, never as it was sent',
  input: z.object({ pageId: id }),
  output: applicationPageSchema,
});

export const removeApplicationLogo = endpoint({
  name: 'applicationPages.removeLogo',
  method: 'DELETE',
  path: '/application-pages/:pageId/logo',
  access: 'creators:write',
  summary: 'Take the logo off an application page',
  input: z.object({ pageId: id }),
  output: applicationPageSchema,
});
