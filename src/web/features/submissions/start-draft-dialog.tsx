import { Select } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { listDeliverables } from '#modules/campaigns/api.ts';
import { startDraft } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useGo } from '#web/shell/use-go.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { draftNouns } from './words.ts';

/** Chooses the piece a draft is for, and opens it to be written. */
export function StartDraftDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  const go = useGo();
  const [deliverableId, setDeliverable] = useState<string | null>(null);
  const pieces = useApiQuery(listDeliverables, { campaignId, limit: 500, states: ['planned', 'drafted'] });
  const start = useApiMutation(startDraft, {
    invalidate: draftNouns,
    onSuccess: (draft) => go('/submissions/$submissionId', { params: { submissionId: draft.id } }),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (deliverableId !== null) start.mutate({ deliverableId });
  };
  const options = (pieces.data?.rows ?? []).map((piece) => ({
    value: piece.id,
    label: `${piece.person.name}: ${piece.title}${piece.dueOn === null ? '' : `, due ${piece.dueOn}`}`,
  }));
  const isEmpty = pieces.data !== undefined && options.length === 0;
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Upload a draft for a creator"
      submitLabel="Begin the draft"
      onSubmit={onSubmit}
      isBusy={start.isPending}
      failure={start.error?.message ?? pieces.error?.message ?? null}
    >
      <Select
        label="Piece"
        description={
          isEmpty
            ? 'No piece is open. Plan content for the creators under Content first.'
            : 'What is planned and not approved yet'
        }
        data={options}
        value={deliverableId}
        onChange={setDeliverable}
        searchable
        required
        disabled={isEmpty}
        nothingFoundMessage="No such piece"
        data-autofocus
      />
    </FormDialog>
  );
}
