import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { planDaySchema } from './day.ts';

/** Codes of TikTok hold for one of these spans. */
export const sparkDays = [30, 60, 90, 365] as const;

export const adPermissionSchema = z
  .object({
    id: z.string(),
    personId: z.string(),
    platform: platformSchema,
    kind: z.enum(['partnership_ads', 'spark_code']),
    state: z.enum(['requested', 'granted', 'declined', 'ended']).describe('`ended` also when its last day is over'),
    assetId: z.string().nullable(),
    code: z.string().nullable(),
    startsOn: planDaySchema.nullable(),
    endsOn: planDaySchema.nullable(),
    note: z.string(),
    createdBy: z.string(),
    updatedAt: instantSchema,
  })
  .meta({ id: 'AdPermission' });
export type AdPermission = z.infer<typeof adPermissionSchema>;

const personId = z.string().min(1).max(60);

export const listAdPermissions = endpoint({
  name: 'adPermissions.list',
  method: 'GET',
  path: '/creators/:personId/ad-permissions',
  access: 'content:read',
  summary: 'Whether a creator lets you advertise from their account, newest first',
  input: z.object({ personId }),
  output: z.array(adPermissionSchema),
});

export const saveAdPermission = endpoint({
  name: 'adPermissions.save',
  method: 'POST',
  path: '/creators/:personId/ad-permissions',
  access: 'content:write',
  summary: 'Write down a permission or a code, or change one by its id',
  input: z.object({
    personId,
    id: z.string().max(60).optional(),
    platform: platformSchema,
    kind: z.enum(['partnership_ads', 'spark_code']),
    state: z.enum(['requested', 'granted', 'declined', 'ended']),
    assetId: z.string().max(60).nullable().default(null),
    code: z.string().trim().max(500).nullable().default(null),
    startsOn: planDaySchema.nullable().default(null),
    endsOn: planDaySchema.nullable().default(null),
    note: z.string().trim().max(1000).default(''),
  }),
  output: adPermissionSchema,
});
