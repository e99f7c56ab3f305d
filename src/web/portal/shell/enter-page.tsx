import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { AppError } from '#kernel/errors.ts';
import { askForLink, enterPortal } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useClient } from '#web/api/use-client.ts';
import { PlainFrame } from '#web/portal/shell/plain-frame.tsx';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { useRefreshPortalSession } from '#web/portal/shell/portal-session.tsx';
import { words } from '#web/portal/shell/words.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';

/** Takes the secret from behind the #, hands it in, and goes to the page the link is for. */
export function EnterPage() {
  const [token, setToken] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const enter = useEnter(setFault);
  const isBegun = useRef(false);
  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    const given = window.location.hash.slice(1);
    // Out of the address at once, so that it is neither kept in the history nor read over a shoulder.
    window.history.replaceState(window.history.state, '', window.location.pathname);
    setToken(given);
    if (given !== '') enter(given, false);
  }, [enter]);
  return (
    <PlainFrame>
      {token === '' ? (
        <EmptyState isPage title={words.enter.noToken.title} action={<SignInLink />}>
          {words.enter.noToken.text}
        </EmptyState>
      ) : fault === null ? (
        <>
          <h1 className="vh">{words.enter.opening}</h1>
          <SkeletonLines count={4} label={words.enter.opening} />
        </>
      ) : (
        <Fault
          error={fault}
          token={token ?? ''}
          onRetry={(isSwitch) => {
            setFault(null);
            enter(token ?? '', isSwitch);
          }}
        />
      )}
    </PlainFrame>
  );
}

function useEnter(onFault: (error: unknown) => void): (token: string, isSwitch: boolean) => void {
  const client = useClient();
  const refresh = useRefreshPortalSession();
  const router = useRouter();
  return useCallback(
    (token, isSwitch) => {
      client
        .call(enterPortal, { token, isSwitch })
        .then(async ({ path }) => {
          await refresh();
          router.history.replace(`/p${path}`);
        })
        .catch(onFault);
    },
    [client, refresh, router, onFault],
  );
}

interface FaultProps {
  error: unknown;
  token: string;
  onRetry: (isSwitch: boolean) => void;
}

function Fault({ error, token, onRetry }: FaultProps) {
  const code = error instanceof AppError ? error.code : '';
  const text = error instanceof AppError ? error.message : '';
  switch (code) {
    case 'portal.link_expired':
      return <Ended {...words.enter.expired} token={token} />;
    case 'portal.link_revoked':
      return <Ended {...words.enter.revoked} token={token} />;
    case 'portal.link_unknown':
      return (
        <EmptyState isPage title={words.enter.unknown.title} action={<SignInLink />}>
          {words.enter.unknown.text}
        </EmptyState>
      );
    case 'portal.other_person':
      return (
        <EmptyState
          isPage
          title={words.enter.other.title}
          action={
            <>
              <Button variant="filled" onClick={() => onRetry(true)}>
                {words.enter.other.switchTo(nameIn(text))}
              </Button>
              <PortalLink to="/">{words.enter.other.stay}</PortalLink>
            </>
          }
        >
          {text}
        </EmptyState>
      );
    default:
      return (
        <>
          <h1 className="vh">{words.noAnswer}</h1>
          <ErrorState error={error} onRetry={() => onRetry(false)} />
        </>
      );
  }
}

/** "… The link is for Nell." */
function nameIn(text: string): string {
  return /The link is for (.+)\.$/.exec(text)?.[1] ?? 'the one it is for';
}

function Ended({ title, text, token }: { title: string; text: string; token: string }) {
  const ask = useApiMutation(askForLink, { onError: (error) => sayFailed('Not asked', error) });
  return (
    <EmptyState
      isPage
      title={title}
      action={
        ask.data === undefined && (
          <>
            <Button variant="filled" loading={ask.isPending} onClick={() => ask.mutate({ token })}>
              {words.enter.ask}
            </Button>
            <SignInLink />
          </>
        )
      }
    >
      <span role="status">{ask.data === undefined ? text : words.enter[ask.data.state](ask.data.workspaceName)}</span>
    </EmptyState>
  );
}

function SignInLink() {
  return <PortalLink to="/sign-in">{words.enter.signIn}</PortalLink>;
}
