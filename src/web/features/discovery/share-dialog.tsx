import { Button, Checkbox, Modal, MultiSelect, NumberInput, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  type CreatorList,
  defaultShareColumns,
  type ListShare,
  listShares,
  revokeShare,
  type ShareColumn,
  shareColumnSchema,
  shareColumns,
  shareList,
} from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { shareColumnLabel } from './share-columns.ts';

/** Links by which somebody outside sees the list: make one, see which stand, end one. */
export function ShareDialog({ list, onClose }: { list: CreatorList; onClose: () => void }) {
  const [link, setLink] = useState<string | null>(null);
  return (
    <Modal opened onClose={onClose} title={`Share ${list.name}`} size={560}>
      <div className="stack">
        {link === null ? (
          <NewLink list={list} onMade={setLink} />
        ) : (
          <>
            <CopyField label="Link" value={link} />
            <p className="meta">Copy it now: it is not kept here and cannot be shown again.</p>
            <div>
              <Button onClick={() => setLink(null)}>Make another link</Button>
            </div>
          </>
        )}
        <Links list={list} />
      </div>
    </Modal>
  );
}

function NewLink({ list, onMade }: { list: CreatorList; onMade: (link: string) => void }) {
  const [name, setName] = useState('');
  const [columns, setColumns] = useState<ShareColumn[]>(defaultShareColumns);
  const [days, setDays] = useState<number | string>(30);
  const [passphrase, setPassphrase] = useState('');
  const [canVote, setVote] = useState(true);
  const [canComment, setComment] = useState(true);
  const make = useApiMutation(shareList, { invalidate: ['lists'], onSuccess: (made) => onMade(made.link) });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    make.mutate({
      listId: list.id,
      name,
      columns,
      canVote,
      canComment,
      days: Number(days),
      ...(passphrase === '' ? {} : { passphrase }),
    });
  };
  return (
    <form className="stack" onSubmit={onSubmit}>
      {make.error !== null && <FormAlert>{make.error.message}</FormAlert>}
      <TextInput
        label="Whom it is for"
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={120}
        data-autofocus
      />
      <MultiSelect
        label="What they see beside the names"
        description="Never your notes, votes and comments"
        data={shareColumns.map((value) => ({ value, label: shareColumnLabel(value) }))}
        value={columns}
        onChange={(next) => setColumns(next.flatMap((value) => shareColumnSchema.safeParse(value).data ?? []))}
      />
      <div className="row row-3">
        <NumberInput
          className="grow"
          label="Ends after days"
          value={days}
          onChange={setDays}
          min={1}
          max={365}
          allowDecimal={false}
        />
        <PasswordInput
          className="grow"
          label="Passphrase, if any"
          autoComplete="new-password"
          minLength={6}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
      </div>
      <div className="row row-3">
        <Checkbox label="They can vote" checked={canVote} onChange={(event) => setVote(event.currentTarget.checked)} />
        <Checkbox
          label="They can comment"
          checked={canComment}
          onChange={(event) => setComment(event.currentTarget.checked)}
        />
      </div>
      <div>
        <Button type="submit" variant="filled" loading={make.isPending} disabled={name.trim() === ''}>
          Make the link
        </Button>
      </div>
    </form>
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
    <QueryState query={query}>
      {({ rows }) =>
        rows.length === 0 ? null : (
          <section className="stack" aria-label="Links made before">
            <h3>Links</h3>
            <ul className="discover-links">
              {rows.map((share) => (
                <li key={share.id} className="spread">
                  <div>
                    <b>{share.name}</b>
                    <span className="meta block">{stateOf(share)}</span>
                  </div>
                  {isOpen(share) && (
                    <Button
                      size="compact-md"
                      loading={end.isPending}
                      aria-label={`End the link for ${share.name}`}
                      onClick={() => end.mutate({ listId: list.id, shareId: share.id })}
                    >
                      End
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </QueryState>
  );
}

function isOpen(share: ListShare): boolean {
  return share.revokedAt === null && Date.parse(share.expiresAt) > Date.now();
}

function stateOf(share: ListShare): string {
  const opened = share.opened === 0 ? 'never opened' : `opened ${formatPlural(share.opened, 'time')}`;
  const until =
    share.revokedAt !== null
      ? `ended ${formatDate(share.revokedAt)}`
      : isOpen(share)
        ? `until ${formatDate(share.expiresAt)}`
        : `ran out ${formatDate(share.expiresAt)}`;
  return `${until}, ${opened}${share.hasPassphrase ? ', with passphrase' : ''}`;
}
