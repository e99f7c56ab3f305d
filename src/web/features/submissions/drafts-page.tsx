import { Button, Menu } from '@mantine/core';
import { IconDownload, IconPhotoCheck, IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import {
  approveMany,
  bulkMax,
  downloadApproved,
  listSubmissions,
  type SubmissionRow,
  submissionStateSchema,
} from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useParam } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { DraftTable } from './draft-table.tsx';
import { ReviewLinksDialog } from './review-links-dialog.tsx';
import { ReviewSettingsDialog } from './review-settings-dialog.tsx';
import { RightsWordingDialog } from './rights-wording-dialog.tsx';
import { StartDraftDialog } from './start-draft-dialog.tsx';
import { StateFilter, statesOf } from './state-filter.tsx';
import './submissions.css';
import { draftNouns } from './words.ts';

const search = z.object({ state: z.enum(['work', 'all', ...submissionStateSchema.options]).default('work') });

/** The drafts of one campaign: what waits, what was decided, what is live and as approved. */
export function DraftsPage() {
  const campaignId = useParam('campaignId');
  const [state, setState] = useSearchState(search);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<'settings' | 'rights' | 'links' | 'start' | null>(null);
  const mayWrite = useCan('content:write');
  const { rows, query } = useApiPages(listSubmissions, { campaignId, limit: 100, ...statesOf(state.state) });
  const counts = useApiQuery(listSubmissions, { campaignId, limit: 1 }).data?.counts;
  const close = () => setOpen(null);
  const waiting = counts?.pending_approval ?? 0;
  return (
    <>
      <Section
        title={waiting > 0 ? `${formatPlural(waiting, 'draft')} to approve` : 'Drafts'}
        note={
          counts === undefined
            ? ''
            : `${counts.approved + counts.scheduled} approved, ${counts.live + counts.verified} live`
        }
      >
        <div className="camp-bar">
          <StateFilter value={state.state} counts={counts} onChange={(value) => setState({ state: value })} />
          {mayWrite && <Actions onOpen={setOpen} />}
        </div>
        <DraftTable
          rows={query.isPending ? undefined : rows}
          {...(mayWrite ? { selection: { value: chosen, onChange: setChosen } } : {})}
          more={{
            error: query.error,
            onRetry: () => void query.refetch(),
            onEnd: () => query.hasNextPage && !query.isFetchingNextPage && void query.fetchNextPage(),
            empty: (
              <Empty
                isFiltered={state.state !== 'all' && state.state !== 'work'}
                verified={counts?.verified ?? 0}
                onAll={() => setState({ state: 'all' })}
                onStart={() => setOpen('start')}
                mayWrite={mayWrite}
              />
            ),
          }}
        />
      </Section>
      <Bulk
        campaignId={campaignId}
        rows={rows.filter((row) => chosen.includes(row.id))}
        onClear={() => setChosen([])}
      />
      {open === 'settings' && <ReviewSettingsDialog campaignId={campaignId} onClose={close} />}
      {open === 'rights' && <RightsWordingDialog campaignId={campaignId} onClose={close} />}
      {open === 'links' && <ReviewLinksDialog campaignId={campaignId} onClose={close} />}
      {open === 'start' && <StartDraftDialog campaignId={campaignId} onClose={close} />}
    </>
  );
}

function Actions({ onOpen }: { onOpen: (open: 'settings' | 'rights' | 'links' | 'start') => void }) {
  const campaignId = useParam('campaignId');
  const download = useDownload(downloadApproved);
  return (
    <span className="row">
      <Menu position="bottom-end">
        <Menu.Target>
          <Button leftSection={<IconSettings size={16} stroke={1.6} aria-hidden />}>Review</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onOpen('settings')}>Who approves, rounds and waiting</Menu.Item>
          <Menu.Item onClick={() => onOpen('rights')}>Rights asked for on handing in</Menu.Item>
          <Menu.Item onClick={() => onOpen('links')}>Links for client and legal</Menu.Item>
          <Menu.Item
            leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
            onClick={() =>
              void download.start({ campaignId }, 'approved.zip').catch((error) => sayFailed('Not downloaded', error))
            }
          >
            Download everything approved
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button variant="filled" onClick={() => onOpen('start')}>
        Upload for a creator
      </Button>
    </span>
  );
}

interface EmptyProps {
  isFiltered: boolean;
  /** Posts that are live as approved: nothing is left to do with them. */
  verified: number;
  onAll: () => void;
  onStart: () => void;
  mayWrite: boolean;
}

function Empty({ isFiltered, verified, onAll, onStart, mayWrite }: EmptyProps) {
  if (isFiltered) return <EmptyState title="None in this state">Choose another state above.</EmptyState>;
  if (verified > 0)
    return (
      <EmptyState
        icon={IconPhotoCheck}
        title="Nothing is left to do"
        action={<Button onClick={onAll}>Show all</Button>}
      >
        {verified === 1 ? 'One post is' : `${formatCount(verified)} posts are`} live as approved.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={IconPhotoCheck}
      title="No drafts yet"
      action={mayWrite && <Button onClick={onStart}>Upload for a creator</Button>}
    >
      Creators send drafts in their portal, for the pieces planned under Content. You can upload one for them, too.
    </EmptyState>
  );
}

function Bulk({ campaignId, rows, onClear }: { campaignId: string; rows: SubmissionRow[]; onClear: () => void }) {
  const waiting = rows.filter((row) => row.state === 'pending_approval');
  const approved = rows.filter((row) => row.approvedRound !== null);
  const download = useDownload(downloadApproved);
  const approve = useApiMutation(approveMany, {
    invalidate: draftNouns,
    onSuccess: ({ approved: done, recorded, refused }) => {
      const parts = [
        `${formatPlural(done, 'draft')} approved`,
        ...(recorded > 0 ? [`${recorded} wait for another reviewer`] : []),
      ];
      if (refused.length === 0) sayDone(parts.join(', '));
      else sayFailed(parts.join(', '), new Error(refused.map((one) => `${one.name}: ${one.reason}`).join(' ')));
      onClear();
    },
    onError: (error) => sayFailed('Not approved', error),
  });
  return (
    <BulkBar
      count={rows.length}
      title={`${formatPlural(rows.length, 'draft')} chosen`}
      note={waiting.length < rows.length ? `${waiting.length} to approve` : undefined}
      faces={rows.map((row) => row.person)}
      onClear={onClear}
    >
      <Button
        disabled={approved.length === 0}
        loading={download.isRunning}
        onClick={() =>
          void download
            .start({ campaignId, ids: approved.map((row) => row.id) }, 'approved.zip')
            .catch((error) => sayFailed('Not downloaded', error))
        }
      >
        Download {approved.length > 0 ? approved.length : ''}
      </Button>
      <Button
        variant="filled"
        disabled={waiting.length === 0 || waiting.length > bulkMax}
        loading={approve.isPending}
        onClick={() => approve.mutate({ campaignId, drafts: waiting.map((row) => ({ id: row.id, round: row.round })) })}
      >
        Approve {waiting.length}
      </Button>
    </BulkBar>
  );
}
