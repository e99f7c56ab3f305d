import { Checkbox, MultiSelect } from '@mantine/core';
import { useState } from 'react';
import {
  type CreatorList,
  defaultShareColumns,
  listShares,
  revokeShare,
  type ShareColumn,
  shareColumnSchema,
  shareColumns,
  shareList,
} from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { GuestLinkForm, GuestLinkModal, StandingLinks } from '#web/shell/guest-links.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { shareColumnLabel } from './share-columns.ts';

/** Links by which somebody outside sees the list: make one, see which stand, end one. */
export function ShareDialog({ list, onClose }: { list: CreatorList; onClose: () => void }) {
  return (
    <GuestLinkModal
      title={`Share ${list.name}`}
      onClose={onClose}
      form={(onMade) => <NewLink list={list} onMade={onMade} />}
    >
      <Links list={list} />
    </GuestLinkModal>
  );
}

function NewLink({ list, onMade }: { list: CreatorList; onMade: (link: string) => void }) {
  const [columns, setColumns] = useState<ShareColumn[]>(defaultShareColumns);
  const [canVote, setVote] = useState(true);
  const [canComment, setComment] = useState(true);
  const make = useApiMutation(shareList, { invalidate: ['lists'], onSuccess: (made) => onMade(made.link) });
  return (
    <GuestLinkForm
      make={make}
      onSend={(basics) => make.mutate({ listId: list.id, ...basics, columns, canVote, canComment })}
    >
      <MultiSelect
        label="What they see beside the names"
        description="Never your notes, votes and comments"
        data={shareColumns.map((value) => ({ value, label: shareColumnLabel(value) }))}
        value={columns}
        onChange={(next) => setColumns(next.flatMap((value) => shareColumnSchema.safeParse(value).data ?? []))}
      />
      <div className="row row-3">
        <Checkbox label="They can vote" checked={canVote} onChange={(event) => setVote(event.currentTarget.checked)} />
        <Checkbox
          label="They can comment"
          checked={canComment}
          onChange={(event) => setComment(event.currentTarget.checked)}
        />
      </div>
    </GuestLinkForm>
  );
}

function Links({ list }: { list: CreatorList }) {
  const query = useApiQuery(listShares, { listId: list.id, limit: 50 });
  const end = useApiMutation(revokeShare, {
    invalidate: ['lists'],
    onSuccess: (share) => sayDone(`The link for ${share.name} has ended`),
    onError: (error) => sayFailed('Not ended', error),
  });
  return (
    <StandingLinks query={query} end={end} onEnd={(share) => end.mutate({ listId: list.id, shareId: share.id })} />
  );
}
