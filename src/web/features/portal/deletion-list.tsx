import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type DeletionRow, doDeletion, listDeletions } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';

/** Creators who ask to be erased, the longest waiting first. */
export function DeletionList() {
  const deletions = useApiQuery(listDeletions, {});
  return (
    <QueryState query={deletions}>
      {({ rows }) =>
        rows.length === 0 ? (
          <EmptyState title="Nobody asks to be erased">A creator asks for it on their page, under My data.</EmptyState>
        ) : (
          <ul className="list">
            {rows.map((row) => (
              <Wish key={row.id} row={row} />
            ))}
          </ul>
        )
      }
    </QueryState>
  );
}

function Wish({ row }: { row: DeletionRow }) {
  const { timeZone } = useWorkspace();
  const canWrite = useCan('creators:write');
  const [isOpen, dialog] = useDisclosure(false);
  const erase = useApiMutation(doDeletion, { invalidate: ['portalDeletions', 'creators'] });
  return (
    <li>
      <div className="grow">
        <AppLink to="/creators/$personId" params={{ personId: row.personId }} className="link">
          {row.personName}
        </AppLink>{' '}
        <span className="meta">
          asked on {formatDate(row.askedAt, timeZone)}
          {row.isObjection ? ', and never to be kept again' : ''}
          {row.reason === '' ? '' : `: ${row.reason}`}
        </span>
      </div>
      <Button disabled={!canWrite} onClick={dialog.open}>
        Erase
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onClose={dialog.close}
        title={`Erase ${row.personName}?`}
        confirmLabel="Erase"
        isDangerous
        onConfirm={() => erase.mutateAsync({ deletionId: row.id })}
      >
        Everything kept of them goes, contracts and drafts among it, and it cannot be undone. Download first what the
        law asks you to keep, such as signed contracts.
        {row.isObjection ? ' Their accounts and addresses are kept out of every workspace here from then on.' : ''}
      </ConfirmDialog>
    </li>
  );
}
