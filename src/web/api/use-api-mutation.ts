import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Endpoint, InputOf, OutputOf } from '#kernel/endpoint.ts';
import type { AppError } from '#kernel/errors.ts';
import { useClient } from '#web/api/use-client.ts';
import { useFoundWorkspace } from '#web/api/workspace-context.ts';

interface Options<E> {
  /** Nouns whose answers are stale afterwards: 'creators' covers creators.list, creators.get and so on. */
  invalidate?: string[];
  onSuccess?: (output: OutputOf<E>, input: InputOf<E>) => void;
  onError?: (error: AppError) => void;
}

/** Makes the cached answers of these nouns stale, in the workspace that is open. */
export function useInvalidate(): (nouns: string[]) => Promise<void> {
  const queries = useQueryClient();
  const slug = useFoundWorkspace()?.slug ?? null;
  return (nouns) =>
    queries.invalidateQueries({
      predicate: ({ queryKey: [kind, workspace, name] }) =>
        kind === 'api' &&
        (workspace === slug || workspace === null) &&
        typeof name === 'string' &&
        nouns.some((noun) => name === noun || name.startsWith(`${noun}.`)),
    });
}

/** Calls one writing endpoint and then refreshes what it changed. */
export function useApiMutation<E extends Endpoint>(
  endpoint: E,
  options: Options<E> = {},
): UseMutationResult<OutputOf<E>, AppError, InputOf<E>> {
  const client = useClient();
  const invalidate = useInvalidate();
  return useMutation<OutputOf<E>, AppError, InputOf<E>>({
    mutationFn: (input) => client.call(endpoint, input),
    onSuccess: async (output, input) => {
      if (options.invalidate) await invalidate(options.invalidate);
      options.onSuccess?.(output, input);
    },
    onError: (error) => options.onError?.(error),
  });
}
