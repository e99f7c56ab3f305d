import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type DraftFile, type PortalSubmission, portalRemoveFile } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { sayFailed } from '#web/ui/say.ts';
import { useFileUrl } from './use-file-url.ts';

interface Props {
  piece: PortalSubmission;
  files: readonly DraftFile[];
  canRemove: boolean;
}

/** The files of a round as tiles. */
export function FileTiles({ piece, files, canRemove }: Props) {
  const urlOf = useFileUrl(piece.deliverableId);
  const remove = useApiMutation(portalRemoveFile, {
    invalidate: ['portalSubmissions'],
    onError: (error) => sayFailed('Not taken out', error),
  });
  if (files.length === 0) return null;
  return (
    <ul className="ps-tiles">
      {files.map((file) => (
        <li key={file.id}>
          {file.kind === 'image' ? (
            <img src={urlOf(file)} alt={file.name} />
          ) : (
            // biome-ignore lint/a11y/useMediaCaption: a draft has none
            <video src={urlOf(file)} controls playsInline preload="metadata" />
          )}
          {canRemove && (
            <ActionIcon
              className="ps-out"
              variant="filled"
              color="dark"
              radius="xl"
              size={32}
              aria-label={`Take ${file.name} out`}
              onClick={() => remove.mutate({ deliverableId: piece.deliverableId, fileId: file.id })}
            >
              <IconX size={16} stroke={2} />
            </ActionIcon>
          )}
        </li>
      ))}
    </ul>
  );
}
