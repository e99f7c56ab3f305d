import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { z } from 'zod';

interface SetOptions {
  /** A new step for the browser's back button; default for everything but typing. */
  push?: boolean;
}

export type SetSearch<Value> = (
  patch: Partial<{ [Key in keyof Value]: Value[Key] | undefined }>,
  options?: SetOptions,
) => void;

/**
 * Filters, sorting, tabs and page of a list, kept in the URL and typed by a zod object whose every field is optional or
 * has a default. What the URL says wrongly falls back to the defaults; a patch of `undefined` removes a field.
 */
export function useSearchState<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
): [z.output<z.ZodObject<Shape>>, SetSearch<z.output<z.ZodObject<Shape>>>] {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const value = useMemo(() => {
    const known = Object.entries(raw).filter(([key, given]) => {
      const field = schema.shape[key];
      return field !== undefined && '_zod' in field && schema.partial().safeParse({ [key]: given }).success;
    });
    return schema.parse(Object.fromEntries(known));
  }, [raw, schema]);

  const set = useCallback(
    (patch: Record<string, unknown>, options: SetOptions = {}) => {
      void navigate({
        to: '.',
        replace: !(options.push ?? false),
        search: (before: Record<string, unknown>) => {
          const next = { ...before, ...patch };
          return Object.fromEntries(
            Object.entries(next).filter(([, given]) => given !== undefined && given !== '' && !isEmptyList(given)),
          );
        },
      });
    },
    [navigate],
  );
  return [value, set];
}

function isEmptyList(given: unknown): boolean {
  return Array.isArray(given) && given.length === 0;
}
