import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { drawTillPoster, getTill, showTillLink, type Till, undoTillEvent, updateTill } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { TillEvents } from './till-events.tsx';
import { TillImport } from './till-import.tsx';
import { trackingNouns } from './words.ts';

const refreshMs = 20_000;

/** A till: its link and poster for the staff, and what was noted there. */
export function TillPanel({ till, onClose }: { till: Till; onClose: () => void }) {
  const canWrite = useCan('tracking:write');
  const query = useApiQuery(getTill, { tillId: till.id }, { refetchInterval: refreshMs });
  const [isImporting, setImporting] = useState(false);
  const update = useApiMutation(updateTill, {
    invalidate: trackingNouns,
    onError: (error) => sayFailed('Not changed', error),
  });
  const undo = useApiMutation(undoTillEvent, {
    invalidate: trackingNouns,
    onSuccess: () => sayDone('Taken back; its order is cancelled'),
    onError: (error) => sayFailed('Not taken back', error),
  });
  return (
    <SidePanel
      label={`Till ${till.name}`}
      onClose={onClose}
      actions={
        canWrite && (
          <>
            <Button onClick={() => setImporting(true)}>Import a file</Button>
            <Button
              variant="subtle"
              color="gray"
              onClick={() => update.mutate({ tillId: till.id, isOpen: !till.isOpen })}
            >
              {till.isOpen ? 'Close the till' : 'Open the till'}
            </Button>
          </>
        )
      }
    >
      <div className="trk-body">
        <div>
          <h2 className="trk-h3">{till.name}</h2>
          <p className="meta">{till.place}</p>
        </div>
        {canWrite && <StaffLink till={till} />}
        <section aria-label="Noted lately">
          <h3 className="trk-h3">Noted lately</h3>
          <QueryState query={query}>
            {({ events }) => (
              <TillEvents
                events={events}
                onUndo={canWrite ? (event) => undo.mutate({ tillId: till.id, eventId: event.id }) : null}
              />
            )}
          </QueryState>
        </section>
      </div>
      {isImporting && <TillImport till={till} onClose={() => setImporting(false)} />}
    </SidePanel>
  );
}

function StaffLink({ till }: { till: Till }) {
  const [link, setLink] = useState<string | null>(null);
  const [isReplacing, setReplacing] = useState(false);
  const poster = useDownload(drawTillPoster);
  const show = useApiMutation(showTillLink, {
    invalidate: trackingNouns,
    onSuccess: (answer) => setLink(answer.link),
    onError: (error) => sayFailed('Not shown', error),
  });
  return (
    <section aria-label="For the staff">
      <h3 className="trk-h3">For the staff</h3>
      {link === null ? (
        <Button loading={show.isPending} onClick={() => show.mutate({ tillId: till.id })}>
          Show the link
        </Button>
      ) : (
        <CopyField label="link of the till" value={link} />
      )}
      <div className="row trk-gap">
        <Button
          leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          loading={poster.isRunning}
          onClick={() =>
            void poster.start({ tillId: till.id }, 'till.svg').catch((error) => sayFailed('Not drawn', error))
          }
        >
          Poster with QR code
        </Button>
        <Button variant="subtle" color="gray" onClick={() => setReplacing(true)}>
          New link
        </Button>
      </div>
      <p className="meta">Whoever has the link can enter purchases here, and see and do nothing else.</p>
      <ConfirmDialog
        isOpen={isReplacing}
        onClose={() => setReplacing(false)}
        title={`A new link for ${till.name}?`}
        confirmLabel="Make a new link"
        onConfirm={() => show.mutateAsync({ tillId: till.id, isNew: true })}
        isDangerous
      >
        The old link and posters with it end at once.
      </ConfirmDialog>
    </section>
  );
}
