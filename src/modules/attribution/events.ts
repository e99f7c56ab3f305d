import { z } from 'zod';

/** Credit of these orders was decided or changed; the campaigns are those that gained or lost by it. */
export const creditChanged = 'attribution.credited';

export const creditChangedPayload = z.object({ conversionIds: z.array(z.string()), campaignIds: z.array(z.string()) });
