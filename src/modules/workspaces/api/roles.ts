import { z } from 'zod';
import { areas } from '#kernel/endpoint.ts';

export const roles = ['owner', 'admin', 'manager', 'analyst', 'finance', 'viewer'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

const scopes = areas.flatMap((area) => [`${area}:read`, `${area}:write`] as const);
export const scopeSchema = z.enum(scopes);
