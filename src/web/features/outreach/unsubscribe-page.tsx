import { Button } from '@mantine/core';
import { useState } from 'react';
import { oneClickUnsubscribe, readUnsubscribe } from '#modules/outreach/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useNoIndex } from '#web/shell/guest-gate.tsx';
import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { QueryState } from '#web/ui/query-state.tsx';

/** Behind the link in each mail: one press, no sign-in, no questions. Opening the page changes nothing. */
export function UnsubscribePage() {
  const token = useParam('unsubscribeToken');
  useNoIndex();
  const query = useApiQuery(readUnsubscribe, { token }, { retry: false });
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    setFailure(null);
    const answer = await fetch(`/api/v1${oneClickUnsubscribe.path.replace(':token', encodeURIComponent(token))}`, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    }).catch(() => null);
    setBusy(false);
    if (answer?.ok) await query.refetch();
    else setFailure('That did not work. Try again, or answer the mail with the word "unsubscribe".');
  };
  return (
    <OutsideFrame>
      <QueryState query={query}>
        {({ sender, address, isUnsubscribed }) =>
          isUnsubscribed ? (
            <EmptyState title="You get no more of these mails" isPage>
              {sender} and everybody else who writes from here will send no more outreach to {address}. What you agreed
              on, such as contracts, still arrives.
            </EmptyState>
          ) : (
            <EmptyState
              title={`No more mails from ${sender}?`}
              isPage
              action={
                <Button variant="filled" loading={isBusy} onClick={() => void press()}>
                  Unsubscribe {address}
                </Button>
              }
            >
              One press is enough. It holds for everybody who writes from here.
            </EmptyState>
          )
        }
      </QueryState>
      {failure && <FormAlert>{failure}</FormAlert>}
    </OutsideFrame>
  );
}
