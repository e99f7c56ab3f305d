import { getMedia, pictureFact } from '#modules/creators/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { useFoundWorkspace } from '#web/api/workspace-context.ts';

/** Makes of a person's facts the address of their stored picture; null where there is none. */
export function usePicture(): (facts: Record<string, unknown> | undefined) => string | null {
  const client = useClient();
  const slug = useFoundWorkspace()?.slug;
  return (facts) => {
    const mediaId = facts?.[pictureFact];
    if (typeof mediaId !== 'string') return null;
    return client.url(getMedia, { mediaId, ...(slug === undefined ? {} : { workspace: slug }) });
  };
}
