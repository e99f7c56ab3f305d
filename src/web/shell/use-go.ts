import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useWorkspace } from '#web/api/workspace-context.ts';
import type { Go } from '#web/shell/feature.ts';

/** Opens a page of the workspace from code: after a form was saved, on a key, from the palette. */
export function useGo(): Go {
  const navigate = useNavigate();
  const { slug } = useWorkspace();
  return useCallback(
    (to, options = {}) =>
      void navigate({
        to: `/$workspace${to === '/' ? '' : to}`,
        params: { workspace: slug, ...options.params },
        search: options.search ?? {},
        replace: options.replace ?? false,
      }),
    [navigate, slug],
  );
}

/** A `$param` of the open page's path; throws when its route has none of that name. */
export function useParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  const value = params[name];
  if (value === undefined) throw new Error(`The route of this page has no $${name}`);
  return value;
}
