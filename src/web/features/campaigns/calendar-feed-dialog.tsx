import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { endCalendarFeed, getCalendarFeed, makeCalendarFeed } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';

const told = { invalidate: ['calendar'], onError: (error: unknown) => sayFailed('Not changed', error) };

/** The address by which the member's own calendar program follows this calendar. */
export function CalendarFeedDialog({ campaignId, onClose }: { campaignId: string | undefined; onClose: () => void }) {
  const [address, setAddress] = useState<string | null>(null);
  const { timeZone } = useWorkspace();
  const query = useApiQuery(getCalendarFeed, {});
  const make = useApiMutation(makeCalendarFeed, { ...told, onSuccess: (made) => setAddress(made.address) });
  const end = useApiMutation(endCalendarFeed, {
    ...told,
    onSuccess: () => {
      setAddress(null);
      sayDone('The address has ended');
    },
  });
  return (
    <Modal opened onClose={onClose} title="Follow this calendar">
      <QueryState query={query}>
        {({ feed }) => (
          <div className="stack">
            <p>
              Your calendar program can read the campaigns’ calendar by an address of your own, and keep up with it. Who
              has the address sees what you see there, and can change nothing. It ends when you end it, or leave the
              workspace.
            </p>
            {address !== null && (
              <>
                <CopyField
                  label="address"
                  value={campaignId === undefined ? address : `${address}?campaignId=${campaignId}`}
                />
                <p>Copy it now: only its fingerprint is kept, so that it cannot be shown again.</p>
              </>
            )}
            {feed === null ? null : (
              <p className="meta">
                Made {formatDateTime(feed.createdAt, timeZone)};{' '}
                {feed.lastOpenedAt === null
                  ? 'not read yet'
                  : `read ${feed.opened === 1 ? 'once' : `${feed.opened} times`}, last ${formatDateTime(feed.lastOpenedAt, timeZone)}`}
              </p>
            )}
            {address === null && feed !== null && <p className="meta">Making another ends the one before.</p>}
            <div className="acts">
              {address === null && (
                <Button variant="filled" loading={make.isPending} onClick={() => make.mutate({})}>
                  {feed === null ? 'Make an address' : 'Make another'}
                </Button>
              )}
              {feed !== null && (
                <Button color="red" loading={end.isPending} onClick={() => end.mutate({})}>
                  End the address
                </Button>
              )}
            </div>
          </div>
        )}
      </QueryState>
    </Modal>
  );
}
