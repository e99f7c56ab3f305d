import { Button } from '@mantine/core';
import { IconDownload, IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import {
  archiveDays,
  cancelArchive,
  downloadArchive,
  listArchives,
  removeArchive,
  startArchive,
  type WorkspaceArchive,
} from '#modules/archives/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatDateTime, formatWhen } from '#web/ui/format-when.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import { ContentParts } from './content-parts.tsx';
import { archiveWords, percentOf, sizeOf } from './words.ts';

const busyMs = 800;
const restMs = 60_000;

/** Everything the workspace owns as one file: begin, follow, download, and those made before. */
export function ExportSection() {
  const query = useApiQuery(
    listArchives,
    {},
    { refetchInterval: ({ state }) => (state.data?.rows.some((one) => one.state === 'running') ? busyMs : restMs) },
  );
  const start = useApiMutation(startArchive, {
    invalidate: ['archives'],
    onError: (error) => sayFailed('The export did not begin', error),
  });
  const isRunning = query.data?.rows.some((one) => one.state === 'running') ?? false;
  return (
    <Section title="Export">
      <p className="archives-lead">
        One file with everything this workspace owns: creators, campaigns, contracts with their sealed PDFs, files,
        mails, clicks, orders, settings and the audit trail. Open formats that can be read without Rapport; another
        installation can take it in. Passwords, keys and links that let somebody in stay out. It holds personal data, so
        keep it safe.
      </p>
      <div>
        <Button
          variant="filled"
          leftSection={<IconFileExport size={16} stroke={1.6} aria-hidden />}
          disabled={isRunning}
          loading={start.isPending}
          onClick={() => start.mutate({})}
        >
          Export everything
        </Button>
      </div>
      <QueryState query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="meta">No exports yet. A file is kept for {archiveDays} days.</p>
          ) : (
            <ul className="archives-list" aria-label="Exports">
              {rows.map((row) => (
                <ArchiveItem key={row.id} archive={row} />
              ))}
            </ul>
          )
        }
      </QueryState>
    </Section>
  );
}

function ArchiveItem({ archive }: { archive: WorkspaceArchive }) {
  const { timeZone, slug } = useWorkspace();
  const client = useClient();
  const [isAsking, setAsking] = useState(false);
  const cancel = useApiMutation(cancelArchive, {
    invalidate: ['archives'],
    onError: (error) => sayFailed('Not cancelled', error),
  });
  const remove = useApiMutation(removeArchive, { invalidate: ['archives'] });
  const { id, state, content, bytes, error, createdAt, createdBy, expiresAt } = archive;
  const when = formatDateTime(createdAt, timeZone);
  // A link, so that a file of gigabytes goes to the disk and not through the memory of the page.
  const address = `${client.url(downloadArchive, { archiveId: id })}?workspace=${encodeURIComponent(slug)}`;
  return (
    <li>
      <div className="archives-row">
        <div className="archives-what">
          <b>{when}</b>
          <span className="meta">
            by {createdBy}
            {content !== null && `, ${sizeOf(content, bytes)}`}
            {state === 'ready' && expiresAt !== null && `, file kept until ${formatDateTime(expiresAt, timeZone)}`}
          </span>
        </div>
        <Status tone={archiveWords[state].tone}>{archiveWords[state].label}</Status>
        {state === 'ready' && (
          <div className="archives-acts">
            <Button
              component="a"
              href={address}
              download
              size="xs"
              leftSection={<IconDownload size={14} stroke={1.6} aria-hidden />}
              aria-label={`Download the export of ${when}`}
            >
              Download
            </Button>
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              aria-label={`Remove the file of ${when}`}
              onClick={() => setAsking(true)}
            >
              Remove file
            </Button>
          </div>
        )}
      </div>
      {state === 'running' && (
        <ProgressBar
          label={archive.step}
          percent={percentOf(archive)}
          onCancel={() => cancel.mutate({ archiveId: id })}
        />
      )}
      {error !== null && <p>{error}</p>}
      {content !== null && state === 'ready' && <ContentParts content={content} />}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Remove the file of ${formatWhen(createdAt)}?`}
        confirmLabel="Remove file"
        onConfirm={() => remove.mutateAsync({ archiveId: id })}
        isDangerous
      >
        Nobody can download it afterwards. The workspace stays as it is, and another export can be made at any time.
      </ConfirmDialog>
    </li>
  );
}
