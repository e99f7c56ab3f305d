import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { openShare, type SharedList } from '#modules/discovery/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { GuestGate, useNoIndex } from '#web/shell/guest-gate.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
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
  if (list === null)
    return <GuestGate noun="list" opening={open} onRetry={load} onGive={(given) => mutate({ passphrase: given })} />;
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
