import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { platformNames } from '#kernel/platform.ts';
import { deleteFollowerSet, type FollowerSetJson, listFollowerSets } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { formatCount } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';

const words: TableColumn<FollowerSetJson>[] = [
  { id: 'of', header: 'Of', cell: (set) => <span className="clip block">{set.name}</span> },
  { id: 'platform', header: 'Platform', width: 110, from: 680, cell: (set) => platformNames[set.platform] },
  {
    id: 'holds',
    header: 'Holds',
    width: 200,
    align: 'end',
    cell: (set) =>
      set.coverage === 'complete'
        ? `all ${formatCount(set.size)}`
        : `${formatCount(set.size)} of ${formatCount(set.total)}`,
  },
  { id: 'by', header: 'By', width: 90, from: 900, cell: (set) => (set.idKind === 'id' ? 'ids' : 'handles') },
  { id: 'taken', header: 'Drawn', width: 130, cell: (set) => formatDate(set.takenOn) },
  {
    id: 'source',
    header: 'Source',
    width: 200,
    from: 900,
    cell: (set) => <span className="clip block">{`${set.source}, ${set.fileName}`}</span>,
  },
];

interface Props {
  brandId?: string;
}

/** Files of followers that are kept; nothing is drawn while there is none. */
export function FollowerFiles({ brandId }: Props) {
  const canWrite = useCan('discovery:write');
  const { rows, query } = useApiPages(listFollowerSets, { limit: 50, ...(brandId === undefined ? {} : { brandId }) });
  const [gone, setGone] = useState<FollowerSetJson | null>(null);
  const remove = useApiMutation(deleteFollowerSet, {
    invalidate: ['followers', 'overlap', 'brands'],
    onSuccess: () => sayDone('File of followers forgotten'),
    onError: (error) => sayFailed('Not forgotten', error),
  });
  if (rows.length === 0) return null;
  const columns = canWrite ? [...words, removal(setGone)] : words;
  return (
    <Section title="Files of followers" note="kept as keyed hashes: no follower can be read from them">
      <DataTable
        label="Files of followers"
        columns={columns}
        rows={rows}
        rowId={(set) => set.id}
        more={{ onEnd: () => void (query.hasNextPage && query.fetchNextPage()) }}
      />
      <ConfirmDialog
        isOpen={gone !== null}
        onClose={() => setGone(null)}
        title={`Forget the followers of ${gone?.name ?? ''}?`}
        confirmLabel="Forget"
        onConfirm={() => remove.mutateAsync({ setId: gone?.id ?? '' })}
        isDangerous
      >
        Comparisons that rest on this file will say that the audience is not known, until a file is imported again.
      </ConfirmDialog>
    </Section>
  );
}

function removal(onRemove: (set: FollowerSetJson) => void): TableColumn<FollowerSetJson> {
  return {
    id: 'remove',
    header: 'Forget',
    width: 76,
    cell: (set) => (
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Forget the followers of ${set.name}`}
        onClick={() => onRemove(set)}
      >
        <IconTrash size={16} stroke={1.6} />
      </ActionIcon>
    ),
  };
}
