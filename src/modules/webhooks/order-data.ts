import { z } from 'zod';
import { orderDetailSchema } from '#modules/tracking/api.ts';

/** What messages about orders carry. */
export const orderDataSchema = z.object({ type: z.string(), timestamp: z.string(), data: orderDetailSchema });
export type OrderData = z.infer<typeof orderDetailSchema>;

/** Reads the order back out of a message's body. */
export function orderOf(body: string): OrderData {
  return orderDataSchema.parse(JSON.parse(body)).data;
}
