import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { createClient } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { finishConsent, type Mailbox } from '#modules/outreach/api.ts';
import { useNoIndex } from '#web/shell/guest-gate.tsx';
import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';

type Outcome = { state: 'asking' } | { state: 'done'; mailbox: Mailbox } | { state: 'failed'; why: string };

/** Where a provider's consent screen comes back to: the code is taken once, and leaves the address bar at once. */
export function MailConsentPage() {
  useNoIndex();
  const [outcome, setOutcome] = useState<Outcome>({ state: 'asking' });
  const hasAsked = useRef(false);
  const [slug] = useState(() => new URLSearchParams(window.location.search).get('state')?.split('.')[0] ?? '');
  useEffect(() => {
    if (hasAsked.current) return;
    hasAsked.current = true;
    const answer = new URLSearchParams(window.location.search);
    window.history.replaceState(null, '', window.location.pathname);
    void finish(answer, slug).then(setOutcome);
  }, [slug]);
  // Who came without an answer of a provider belongs to no workspace that is known here.
  const back = (
    <Button component="a" href={slug === '' ? '/app' : `/app/${slug}/settings/outreach`} variant="filled">
      {slug === ''
        ? 'To the workspace'
        : outcome.state === 'done'
          ? 'To the mail settings'
          : 'Back to the mail settings'}
    </Button>
  );
  return (
    <OutsideFrame>
      {outcome.state === 'asking' && <SkeletonLines />}
      {outcome.state === 'done' && (
        <EmptyState title={`${outcome.mailbox.address} is connected`} isPage action={back}>
          Both its servers let Rapport in. The token is kept sealed and renewed by itself.
        </EmptyState>
      )}
      {outcome.state === 'failed' && (
        <EmptyState title="Not connected" isPage action={back}>
          {outcome.why}
        </EmptyState>
      )}
    </OutsideFrame>
  );
}

async function finish(answer: URLSearchParams, slug: string): Promise<Outcome> {
  const state = answer.get('state');
  if (state === null || slug === '')
    return {
      state: 'failed',
      why: 'This page is where a consent screen comes back to. Begin in the settings of mail.',
    };
  const client = createClient({
    baseUrl: window.location.origin,
    fetch: (request) => fetch(request),
    workspace: () => slug,
  });
  const code = answer.get('code');
  const error = answer.get('error');
  const errorDescription = answer.get('error_description');
  try {
    const mailbox = await client.call(finishConsent, {
      state,
      ...(code === null ? {} : { code }),
      ...(error === null ? {} : { error }),
      ...(errorDescription === null ? {} : { errorDescription }),
    });
    return { state: 'done', mailbox };
  } catch (fault) {
    return {
      state: 'failed',
      why: fault instanceof AppError ? fault.message : 'The server did not answer. Begin again.',
    };
  }
}
