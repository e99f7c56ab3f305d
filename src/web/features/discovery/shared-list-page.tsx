import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { AppError } from '#kernel/errors.ts';
import { openShare, type SharedList } from '#modules/discovery/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import './discovery.css';
import { guestKey } from './guest.ts';
import { SharedMembers } from './shared-members.tsx';

const pageRows = 100;

/** A list as somebody outside sees it by a link: no frame of the app, no notes, not for search engines. */
export function SharedListPage() {
  const token = useParam('shareToken');
  const client = useClient();
  const [passphrase, setPassphrase] = useState<string | undefined>(undefined);
  const [list, setList] = useState<SharedList | null>(null);
  useNoIndex();
  const open = useMutation<SharedList, Error, { cursor?: string; passphrase?: string | undefined }>({
    mutationFn: ({ cursor, passphrase: given }) =>
      client.call(openShare, {
        token,
        guestKey: guestKey(),
        limit: pageRows,
        ...(given === undefined ? {} : { passphrase: given }),
        ...(cursor === undefined ? {} : { cursor }),
      }),
    onSuccess: (page, asked) => {
      setPassphrase(asked.passphrase);
      setList((before) =>
        asked.cursor === undefined || before === null ? page : { ...page, rows: [...before.rows, ...page.rows] },
      );
    },
  });
  const { mutate } = open;
  const load = useCallback(() => mutate({}), [mutate]);
  useEffect(load, [load]);
  const code = open.error instanceof AppError ? open.error.code : null;
  if (
    list === null &&
    (code === 'discovery.passphrase_needed' ||
      code === 'discovery.passphrase_wrong' ||
      code === 'discovery.passphrase_tries')
  )
    return (
      <OutsideFrame>
        <PassphraseForm
          failure={code === 'discovery.passphrase_needed' ? null : (open.error?.message ?? null)}
          isBusy={open.isPending}
          onGive={(given) => mutate({ passphrase: given })}
        />
      </OutsideFrame>
    );
  if (list === null)
    return (
      <OutsideFrame>
        <h1 className="vh">A shared list</h1>
        {code === 'discovery.share_ended' ? (
          <EmptyState title="This link has ended">Ask whoever sent it for a new one.</EmptyState>
        ) : open.error !== null ? (
          <ErrorState error={open.error} onRetry={load} />
        ) : (
          <SkeletonLines />
        )}
      </OutsideFrame>
    );
  return (
    <div className="shared">
      <header className="shared-head">
        <h1>{list.listName}</h1>
        <p className="meta">
          {formatPlural(list.members, 'creator')}, shared by {list.workspaceName} with {list.forName}. The link ends{' '}
          {formatDate(list.expiresAt)}.
        </p>
      </header>
      <main id="main">
        <SharedMembers list={list} token={token} passphrase={passphrase} onChanged={() => mutate({ passphrase })} />
        {list.nextCursor !== null && (
          <Button loading={open.isPending} onClick={() => mutate({ passphrase, cursor: list.nextCursor ?? '' })}>
            Show more
          </Button>
        )}
      </main>
    </div>
  );
}

function PassphraseForm({
  failure,
  isBusy,
  onGive,
}: {
  failure: string | null;
  isBusy: boolean;
  onGive: (passphrase: string) => void;
}) {
  const [given, setGiven] = useState('');
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (given !== '') onGive(given);
  };
  return (
    <form className="stack" onSubmit={onSubmit}>
      <h1>A list for you</h1>
      {failure !== null && <FormAlert>{failure}</FormAlert>}
      <PasswordInput
        label="Passphrase"
        description="Whoever sent the link knows it"
        autoComplete="off"
        value={given}
        onChange={(event) => setGiven(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="filled" loading={isBusy}>
          Open the list
        </Button>
      </div>
    </form>
  );
}

/** Search engines are told to keep away. */
function useNoIndex(): void {
  useEffect(() => {
    const tag = document.createElement('meta');
    tag.name = 'robots';
    tag.content = 'noindex, nofollow';
    document.head.append(tag);
    return () => tag.remove();
  }, []);
}
