import { useState } from 'react';
import { type ArchiveImport, listArchiveImports, uploadArchive } from '#modules/archives/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { Section } from '#web/ui/section.tsx';
import { ImportItem } from './import-item.tsx';

const busyMs = 800;
const restMs = 60_000;
const bytesMax = 200e9;
const accept = { 'application/x-tar': ['.tar'] };

/** For the owner of the installation: make a workspace of an archive that came from elsewhere. Draws nothing for others. */
export function ImportSection() {
  const query = useApiQuery(
    listArchiveImports,
    {},
    { refetchInterval: ({ state }) => (state.data?.rows.some((one) => one.state === 'running') ? busyMs : restMs) },
  );
  const [failure, setFailure] = useState<string | null>(null);
  const upload = useUpload(uploadArchive);
  if (query.data?.canImport !== true) return null;
  const { rows } = query.data;
  const send = async (file: File) => {
    setFailure(null);
    try {
      await upload.start({}, file);
      await query.refetch();
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return (
    <Section title="Import">
      <p className="archives-lead">
        Makes a new workspace of an export from this or another installation: all of it, or nothing. Workspaces that are
        here stay as they are. You see what is in it before anything is made. Only the owner of the installation sees
        this.
      </p>
      {failure && <FormAlert>{failure}</FormAlert>}
      {upload.progress === null ? (
        <FileDrop
          title="Drop an export here, or choose one"
          note="The .tar file of an export of this version or an older one"
          accept={accept}
          maxBytes={bytesMax}
          onFile={(file) => void send(file)}
        />
      ) : (
        <ProgressBar
          label={upload.progress < 1 ? 'Uploading' : 'Checking every byte'}
          percent={upload.progress < 1 ? upload.progress * 100 : null}
          onCancel={upload.cancel}
        />
      )}
      {rows.length > 0 && (
        <ul className="archives-list" aria-label="Imports">
          {rows.map((row: ArchiveImport) => (
            <ImportItem key={row.id} run={row} isBusy={rows.some((one) => one.state === 'running')} />
          ))}
        </ul>
      )}
    </Section>
  );
}
