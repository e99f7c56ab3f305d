import { z } from 'zod';

// Bounds of what comes from outside; each field says what it breaks.
export const id = z.string().min(1).max(64);
export const shortText = z.string().trim().min(1).max(300);
export const longText = z.string().max(10_000);
export const count = z.number().int().min(0).max(1e13);
export const figure = z.number().min(0).max(1e13);
export const nullableCount = z.number().nullable();
