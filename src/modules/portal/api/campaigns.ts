import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';

const id = z.string().min(1).max(60);

export const invitationAnswers = ['accepted', 'declined', 'countered'] as const;

export const portalInvitationSchema = z.object({
  state: z.enum(['open', 'over', ...invitationAnswers]).describe('`over`: its day has passed without an answer'),
  message: z.string(),
  respondBy: daySchema.nullable(),
  sentAt: instantSchema.nullable(),
  answeredAt: instantSchema.nullable(),
});

export const jobStepSchema = z.object({ label: z.string(), state: z.enum(['done', 'current', 'todo']) });
export type JobStep = z.infer<typeof jobStepSchema>;

export const portalCampaignSchema = z
  .object({
    enrolmentId: z.string(),
    campaignId: z.string(),
    name: z.string(),
    model: z.string(),
    startsOn: daySchema,
    endsOn: daySchema,
    isOver: z.boolean(),
    invitation: portalInvitationSchema.nullable(),
    steps: z.array(jobStepSchema).describe('Where this job stands'),
    fee: moneySchema.nullable(),
    feeState: z.string().nullable(),
    feePaidOn: daySchema.nullable(),
    dates: z.object({
      respondBy: daySchema.nullable(),
      draftsBy: daySchema.nullable(),
      liveFrom: daySchema.nullable(),
      liveUntil: daySchema.nullable(),
    }),
    deliverables: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        platform: platformSchema,
        format: z.string(),
        dueOn: daySchema.nullable(),
        isLate: z.boolean(),
        state: z.string(),
        liveUrl: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'PortalCampaign' });
export type PortalCampaign = z.infer<typeof portalCampaignSchema>;

export const listPortalCampaigns = endpoint({
  name: 'portalCampaigns.list',
  method: 'GET',
  path: '/portal/campaigns',
  access: 'portal',
  summary: 'The campaigns this creator is invited to or works on, newest first',
  output: z.object({ rows: z.array(portalCampaignSchema) }),
});

export const getPortalCampaign = endpoint({
  name: 'portalCampaigns.get',
  method: 'GET',
  path: '/portal/campaigns/:enrolmentId',
  access: 'portal',
  summary: 'One of them',
  input: z.object({ enrolmentId: id }),
  output: portalCampaignSchema,
});

export const acceptInvitation = endpoint({
  name: 'portalInvitations.accept',
  method: 'POST',
  path: '/portal/campaigns/:enrolmentId/accept',
  access: 'portal',
  summary: 'Accept an invitation',
  input: z.object({ enrolmentId: id }),
  output: portalCampaignSchema,
});

export const declineInvitation = endpoint({
  name: 'portalInvitations.decline',
  method: 'POST',
  path: '/portal/campaigns/:enrolmentId/decline',
  access: 'portal',
  summary: 'Decline an invitation, with the reason',
  input: z.object({ enrolmentId: id, reason: z.string().trim().min(1, 'Say why in a word or two').max(2000) }),
});

const invitationRowSchema = z
  .object({
    enrolmentId: z.string(),
    personId: z.string(),
    personName: z.string(),
    message: z.string(),
    respondBy: daySchema.nullable(),
    sentBy: z.string(),
    sentAt: instantSchema,
    answer: z.enum(invitationAnswers).nullable(),
    answerReason: z.string().nullable(),
    answeredAt: instantSchema.nullable(),
  })
  .meta({ id: 'CampaignInvitation' });
export type CampaignInvitation = z.infer<typeof invitationRowSchema>;

export const invitationsAtOnceMax = 200;

export const sendInvitations = endpoint({
  name: 'campaignInvitations.send',
  method: 'POST',
  path: '/campaigns/:campaignId/invitations',
  access: 'campaigns:write',
  summary: 'Invite creators of the roster: each gets a link of their own, by mail where one can be sent',
  input: z.object({
    campaignId: id,
    enrolmentIds: z.array(id).min(1).max(invitationsAtOnceMax),
    message: z.string().max(5000).default(''),
    respondBy: daySchema.nullable().default(null),
  }),
  output: z.object({
    rows: z.array(
      z.object({
        enrolmentId: z.string(),
        personName: z.string(),
        mail: z.enum(['queued', 'off', 'no_address']),
        link: z.string().nullable().describe('To hand over yourself, where no mail goes; shown once'),
      }),
    ),
    skipped: z.array(z.object({ enrolmentId: z.string(), reason: z.string() })),
  }),
});

export const listInvitations = endpoint({
  name: 'campaignInvitations.list',
  method: 'GET',
  path: '/campaigns/:campaignId/invitations',
  access: 'campaigns:read',
  summary: 'Invitations of a campaign and their answers, newest first',
  input: z.object({ campaignId: id }),
  output: z.object({ rows: z.array(invitationRowSchema) }),
});

export const portalLinksSchema = z.object({
  links: z.array(
    z.object({
      id: z.string(),
      shortUrl: z.string(),
      campaignName: z.string().nullable(),
      isActive: z.boolean(),
      clicks: z.number().int().describe('Counted clicks since it was made; bots and repeats left out'),
      lastSevenDays: z.array(z.object({ day: daySchema, clicks: z.number().int() })),
    }),
  ),
  codes: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      terms: z.string().describe('Such as "10 % off"'),
      campaignName: z.string().nullable(),
      isActive: z.boolean(),
      endsAt: instantSchema.nullable(),
      orders: z.number().int(),
    }),
  ),
});
export type PortalLinks = z.infer<typeof portalLinksSchema>;

export const readPortalLinks = endpoint({
  name: 'portalMyLinks.list',
  method: 'GET',
  path: '/portal/links',
  access: 'portal',
  summary: 'The short links and discount codes of this creator',
  output: portalLinksSchema,
});

export const drawPortalQr = endpoint({
  name: 'portalMyLinks.qr',
  method: 'GET',
  path: '/portal/links/:linkId/qr.svg',
  access: 'portal',
  transport: 'download',
  summary: 'QR code of a link',
  input: z.object({ linkId: id }),
});

export const portalResultsSchema = z.object({
  from: daySchema,
  to: daySchema,
  totals: z.object({
    clicks: z.number().int(),
    orders: z.number().int(),
    sales: z.array(moneySchema).describe('Credited sales net of refunds, one sum a currency'),
  }),
  fees: z
    .array(z.object({ state: z.enum(['agreed', 'due', 'paid']), sum: moneySchema }))
    .describe('Fees of campaigns by how firm they are, one sum a currency'),
  campaigns: z.array(
    z.object({
      campaignId: z.string(),
      name: z.string(),
      clicks: z.number().int(),
      orders: z.number().int(),
      byCode: z.number().int(),
      byLink: z.number().int(),
      sales: z.array(moneySchema),
    }),
  ),
});
export type PortalResults = z.infer<typeof portalResultsSchema>;

export const readPortalResults = endpoint({
  name: 'portalResults.get',
  method: 'GET',
  path: '/portal/results',
  access: 'portal',
  summary: 'Clicks, orders and fees of this creator as recorded, in a span of at most two years',
  input: z.object({ from: daySchema.optional(), to: daySchema.optional() }),
  output: portalResultsSchema,
});
