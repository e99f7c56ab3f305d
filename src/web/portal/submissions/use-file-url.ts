import { portalOpenFile } from '#modules/submissions/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { useBrand } from '#web/portal/shell/portal-session.tsx';

/** The address of a file of the creator's draft. */
export function useFileUrl(deliverableId: string): (file: { id: string; kind: 'image' | 'video' }) => string {
  const client = useClient();
  const { slug } = useBrand();
  return ({ id: fileId, kind }) =>
    client.url(portalOpenFile, { deliverableId, fileId, isPreview: kind === 'image', ...{ workspace: slug } });
}
