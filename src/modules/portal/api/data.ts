import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';

const id = z.string().min(1).max(60);
const shortText = z.string().trim().max(200);

export const portalMeSchema = z
  .object({
    personId: z.string(),
    name: z.string().nullable(),
    country: z.string().nullable(),
    region: z.string().nullable(),
    city: z.string().nullable(),
    website: z.string().nullable(),
    languages: z.array(z.string()),
    emails: z.array(z.string()),
    phones: z.array(z.string()),
    profiles: z.array(
      z.object({
        id: z.string(),
        platform: platformSchema,
        handle: z.string(),
        followers: z.number().nullable(),
        source: z.string(),
        asOf: z.string().nullable(),
      }),
    ),
    hasAccount: z.boolean().describe('Whether this browser is signed in with an account, which some things need'),
  })
  .meta({ id: 'PortalMe' });
export type PortalMe = z.infer<typeof portalMeSchema>;

export const getPortalMe = endpoint({
  name: 'portalMe.get',
  method: 'GET',
  path: '/portal/me',
  access: 'portal',
  summary: 'What the brand has of this creator as contact',
  output: portalMeSchema,
});

export const updatePortalMe = endpoint({
  name: 'portalMe.update',
  method: 'PATCH',
  path: '/portal/me',
  access: 'portal',
  summary: 'Change name and contact; e-mail addresses need an account, so that a link alone takes nobody over',
  input: z.object({
    name: shortText.min(1).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'is a two-letter country code, such as IE')
      .nullable()
      .optional(),
    region: shortText.nullable().optional(),
    city: shortText.nullable().optional(),
    website: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable()
      .optional(),
    phones: z.array(z.string().trim().min(3).max(60)).max(5).optional(),
    emails: z.array(z.email().max(254)).min(1).max(5).optional(),
  }),
  output: portalMeSchema,
});

export const deletionSchema = z.object({
  id: z.string(),
  reason: z.string(),
  isObjection: z.boolean(),
  askedAt: instantSchema,
});

export const portalDataSchema = z.object({
  kept: z
    .array(z.object({ what: z.string(), rows: z.number().int() }))
    .describe('What is kept of the creator, table by table, in plain words where there are some'),
  deletion: deletionSchema.nullable().describe('The wish that waits, if there is one'),
  stays: z.array(z.object({ what: z.string(), why: z.string() })).describe('What would stay after a deletion, and why'),
});
export type PortalData = z.infer<typeof portalDataSchema>;

export const getPortalData = endpoint({
  name: 'portalData.get',
  method: 'GET',
  path: '/portal/data',
  access: 'portal',
  summary: 'What the brand keeps of this creator, and what would stay after a deletion',
  output: portalDataSchema,
});

export const downloadPortalData = endpoint({
  name: 'portalData.download',
  method: 'GET',
  path: '/portal/data.zip',
  access: 'portal',
  transport: 'download',
  summary: 'Everything the brand keeps of this creator: JSON and files in one archive; needs an account',
});

export const askDeletion = endpoint({
  name: 'portalData.askDeletion',
  method: 'POST',
  path: '/portal/data/deletion',
  access: 'portal',
  summary: 'Ask for deletion; needs an account. Asking again changes the wish that waits',
  input: z.object({
    reason: z.string().max(2000).default(''),
    isObjection: z.boolean().default(false).describe('And never be taken up again by an import or a search'),
  }),
  output: deletionSchema,
});

export const takeBackDeletion = endpoint({
  name: 'portalData.takeBackDeletion',
  method: 'DELETE',
  path: '/portal/data/deletion',
  access: 'portal',
  summary: 'Take the wish back, as long as nobody has done it',
});

export const deletionRowSchema = deletionSchema.extend({ personId: z.string(), personName: z.string() });
export type DeletionRow = z.infer<typeof deletionRowSchema>;

export const listDeletions = endpoint({
  name: 'portalDeletions.list',
  method: 'GET',
  path: '/portal-deletions',
  access: 'creators:read',
  summary: 'Creators who ask that what is kept of them goes, the longest waiting first',
  output: z.object({ rows: z.array(deletionRowSchema) }),
});

export const doDeletion = endpoint({
  name: 'portalDeletions.do',
  method: 'POST',
  path: '/portal-deletions/:deletionId/do',
  access: 'creators:write',
  summary: 'Erase the creator as they asked, with everything known of them; it cannot be undone',
  input: z.object({ deletionId: id }),
});

/** Figures of a platform's own insights that a creator may hand in. */
export const proofFigures = ['followers', 'avgViews', 'avgLikes', 'avgComments', 'reach'] as const;
export const proofFiguresSchema = z.partialRecord(
  z.enum(proofFigures),
  z.number().int('is a whole number').min(0).max(10_000_000_000),
);

export const proofSchema = z
  .object({
    id: z.string(),
    personId: z.string(),
    personName: z.string(),
    platform: platformSchema,
    handle: z.string(),
    fileId: z.string(),
    takenOn: daySchema,
    figures: proofFiguresSchema,
    note: z.string(),
    state: z.enum(['waits', 'taken', 'refused']),
    decidedReason: z.string().nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'PortalProof' });
export type PortalProof = z.infer<typeof proofSchema>;

export const sendProof = endpoint({
  name: 'portalProofs.send',
  method: 'POST',
  path: '/portal/proofs',
  access: 'portal',
  transport: 'upload',
  summary: 'Hand in a screenshot or PDF of a platform’s insights with what it shows; at most 15 MB',
  input: z.object({
    platform: platformSchema,
    handle: z.string().trim().min(1).max(200),
    takenOn: daySchema,
    figures: proofFiguresSchema.default({}),
    note: z.string().max(1000).default(''),
  }),
  output: proofSchema,
});

export const listPortalProofs = endpoint({
  name: 'portalProofs.mine',
  method: 'GET',
  path: '/portal/proofs',
  access: 'portal',
  summary: 'What this creator handed in, newest first',
  output: z.object({ rows: z.array(proofSchema) }),
});

export const listProofs = endpoint({
  name: 'portalProofs.list',
  method: 'GET',
  path: '/portal-proofs',
  access: 'creators:read',
  summary: 'Figures that creators handed in, newest first',
  input: z.object({
    ...pageInput,
    state: z.enum(['waits', 'taken', 'refused']).optional(),
    personId: z.string().optional(),
  }),
  output: pageOf(proofSchema),
});

export const getProofFile = endpoint({
  name: 'portalProofs.file',
  method: 'GET',
  path: '/portal-proofs/:proofId/file',
  access: 'creators:read',
  transport: 'download',
  summary: 'The screenshot or PDF itself',
  input: z.object({ proofId: id, workspace: z.string().max(80).optional() }),
});

export const decideProof = endpoint({
  name: 'portalProofs.decide',
  method: 'POST',
  path: '/portal-proofs/:proofId/decide',
  access: 'creators:write',
  summary: 'Take the figures over as the creator’s own statement, or refuse them with a reason they can read',
  input: z.object({ proofId: id, isTaken: z.boolean(), reason: z.string().max(1000).optional() }),
  output: proofSchema,
});

export const erasureSchema = z
  .object({
    personId: z.string().describe('Leads nowhere any more'),
    erasedAt: z.string(),
    went: z
      .array(z.object({ what: z.string(), rows: z.number() }))
      .describe('Taken away, or emptied where the row itself stays'),
    stays: z
      .array(z.object({ what: z.string(), rows: z.number(), why: z.string() }))
      .describe('Without a name, each with its reason'),
  })
  .meta({ id: 'Erasure' });
export type Erasure = z.infer<typeof erasureSchema>;

export const listErasures = endpoint({
  name: 'portalErasures.list',
  method: 'GET',
  path: '/erasures',
  access: 'creators:read',
  summary: 'What erasures of creators took away, what stays of each and why, newest first',
  input: z.object(pageInput),
  output: pageOf(erasureSchema),
});
