import { z } from 'zod';

export const id = z.string().min(1).max(60);

export const personRef = z.object({ id: z.string(), name: z.string() });
export const campaignRef = z.object({ id: z.string(), name: z.string() }).nullable();

export const agains = ['yes', 'maybe', 'no'] as const;
export const againSchema = z.enum(agains);
export type Again = z.infer<typeof againSchema>;
