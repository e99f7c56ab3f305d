import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { questionSchema } from './application-pages.ts';

const id = z.string().min(1).max(60);
const at = { workspaceSlug: z.string().min(1).max(80), pageSlug: z.string().min(1).max(80) };
const inviteCode = z.string().max(60).default('').describe('Secret part of the address of an invite-only page');

export const publicPageSchema = z.object({
  brandName: z.string(),
  title: z.string(),
  intro: z.string(),
  accent: z.string().nullable(),
  hasLogo: z.boolean(),
  state: z.enum(['open', 'closed', 'invite_needed']),
  closesOn: daySchema.nullable(),
  questions: z.array(questionSchema),
  platforms: z.array(platformSchema).describe('Accounts it asks for; empty: any'),
  asksAdult: z.boolean(),
  consent: z.string(),
});
export type PublicPage = z.infer<typeof publicPageSchema>;

export const openApplicationPage = endpoint({
  name: 'apply.open',
  method: 'GET',
  path: '/apply/:workspaceSlug/:pageSlug',
  access: 'public',
  inWorkspace: false,
  summary: 'What an application page asks',
  input: z.object({ ...at, inviteCode }),
  output: publicPageSchema,
});

export const getApplicationLogo = endpoint({
  name: 'apply.logo',
  method: 'GET',
  path: '/apply/:workspaceSlug/:pageSlug/logo',
  access: 'public',
  inWorkspace: false,
  transport: 'download',
  summary: 'The logo of an application page',
  input: z.object(at),
});

export const startApplication = endpoint({
  name: 'apply.start',
  method: 'POST',
  path: '/apply/:workspaceSlug/:pageSlug/start',
  access: 'public',
  inWorkspace: false,
  summary: 'Count that somebody began to fill in the form',
  input: z.object({ ...at, inviteCode }),
});

export const uploadApplicationFile = endpoint({
  name: 'apply.upload',
  method: 'POST',
  path: '/apply/:workspaceSlug/:pageSlug/files',
  access: 'public',
  inWorkspace: false,
  transport: 'upload',
  summary:
    'Send a file for a question: an image or PDF of at most 10 MB; it goes after a day unless the application is sent',
  input: z.object({ ...at, inviteCode, questionId: z.string().max(40) }),
  output: z.object({ fileId: z.string(), name: z.string() }),
});

export const applicantProfileSchema = z.object({
  platform: platformSchema,
  handle: z.string().trim().min(1, 'Name your account').max(300),
  followers: z.number().int('is a whole number').min(0).max(10_000_000_000).nullable().default(null),
});

export const answersSchema = z.record(
  z.string().max(40),
  z.union([z.string().max(5000), z.number(), z.array(z.string().max(200)).max(30)]),
);

export const sendApplication = endpoint({
  name: 'apply.send',
  method: 'POST',
  path: '/apply/:workspaceSlug/:pageSlug',
  access: 'public',
  inWorkspace: false,
  summary: 'Apply',
  input: z.object({
    ...at,
    inviteCode,
    name: z.string().trim().min(1, 'Say your name').max(120),
    email: z.email('is not an e-mail address').max(254),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'is a two-letter country code, such as IE')
      .nullable()
      .default(null),
    isAdult: z.boolean().nullable().default(null),
    profiles: z.array(applicantProfileSchema).min(1, 'Name at least one account').max(8),
    answers: answersSchema.default({}),
    hasConsented: z.boolean(),
    companyFax: z.string().max(200).default('').describe('Left empty by people; only programs fill it in'),
  }),
  output: z.object({ state: z.enum(['received', 'declined']), message: z.string() }),
});

export const listPrograms = endpoint({
  name: 'programs.list',
  method: 'GET',
  path: '/programs',
  access: 'public',
  inWorkspace: false,
  summary: 'Programs of this installation that take applications from anybody and are switched on to be listed',
  input: z.object({ category: z.string().max(60).optional() }),
  output: z.object({
    categories: z.array(z.string()),
    rows: z.array(
      z.object({
        workspaceSlug: z.string(),
        pageSlug: z.string(),
        brandName: z.string(),
        title: z.string(),
        intro: z.string(),
        category: z.string().nullable(),
        closesOn: daySchema.nullable(),
      }),
    ),
  }),
});

export const applicationStates = ['waits', 'approved', 'rejected'] as const;

export const applicationSchema = z
  .object({
    id: z.string(),
    pageId: z.string(),
    pageTitle: z.string(),
    state: z.enum(applicationStates),
    name: z.string(),
    email: z.string(),
    country: z.string().nullable(),
    isAdult: z.boolean().nullable(),
    profiles: z.array(applicantProfileSchema),
    answers: z.array(
      z.object({
        questionId: z.string(),
        label: z.string(),
        value: z.union([z.string(), z.number(), z.array(z.string())]).nullable(),
        fileName: z.string().nullable(),
      }),
    ),
    findings: z.array(
      z.object({ rule: z.string(), outcome: z.enum(['fits', 'reject', 'review', 'unknown']), text: z.string() }),
    ),
    consentText: z.string(),
    earlier: z.number().int().describe('How often the same e-mail or account applied before while this waited'),
    matches: z
      .array(z.object({ personId: z.string(), name: z.string(), by: z.enum(['handle', 'e-mail']) }))
      .describe('Creators who are here already and look like the same; an approval joins the first'),
    personId: z.string().nullable(),
    submittedAt: instantSchema,
    decidedAt: instantSchema.nullable(),
    decidedBy: z.string().nullable().describe('Null for what the rules of the page decided'),
    decidedReason: z.string().nullable(),
    mailState: z.enum(['queued', 'off', 'not_asked']).nullable(),
  })
  .meta({ id: 'Application' });
export type Application = z.infer<typeof applicationSchema>;

const filter = {
  pageId: id.optional(),
  state: z.enum(applicationStates).optional(),
  q: z.string().max(200).optional().describe('In name, e-mail or handle'),
};

export const listApplications = endpoint({
  name: 'applications.list',
  method: 'GET',
  path: '/applications',
  access: 'creators:read',
  summary: 'Applications, newest first',
  input: z.object({ ...pageInput, ...filter }),
  output: pageOf(applicationSchema),
});

export const getApplication = endpoint({
  name: 'applications.get',
  method: 'GET',
  path: '/applications/:applicationId',
  access: 'creators:read',
  summary: 'One application',
  input: z.object({ applicationId: id }),
  output: applicationSchema,
});

export const approveApplication = endpoint({
  name: 'applications.approve',
  method: 'POST',
  path: '/applications/:applicationId/approve',
  access: 'creators:write',
  summary:
    'Approve: the creator is taken up or joined with who is here already, put where the page says, and told by mail',
  input: z.object({
    applicationId: id,
    message: z.string().max(2000).default(''),
    isMailed: z.boolean().default(true),
  }),
  output: applicationSchema.extend({ portalLink: z.string().nullable().describe('To hand over where no mail goes') }),
});

export const rejectApplication = endpoint({
  name: 'applications.reject',
  method: 'POST',
  path: '/applications/:applicationId/reject',
  access: 'creators:write',
  summary: 'Turn an application down; the reason goes into the mail',
  input: z.object({
    applicationId: id,
    reason: z.string().trim().min(1, 'Say why: the applicant reads it').max(2000),
    isMailed: z.boolean().default(true),
  }),
  output: applicationSchema,
});

export const exportApplications = endpoint({
  name: 'applications.export',
  method: 'GET',
  path: '/applications.csv',
  access: 'creators:read',
  transport: 'download',
  summary: 'Applications as CSV, with every answer',
  input: z.object(filter),
});

export const getApplicationFile = endpoint({
  name: 'applications.file',
  method: 'GET',
  path: '/applications/:applicationId/files/:fileId',
  access: 'creators:read',
  transport: 'download',
  summary: 'A file sent with an application',
  input: z.object({ applicationId: id, fileId: id, workspace: z.string().max(80).optional() }),
});
