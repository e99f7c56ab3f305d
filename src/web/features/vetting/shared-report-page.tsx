import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { AppError } from '#kernel/errors.ts';
import { openReportShare, type SharedReport } from '#modules/vetting/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { SharedReportBody } from './shared-report-body.tsx';
import './vetting.css';

/** A report as somebody outside reads it by a link: no frame of the app, nothing of the workspace, not for search engines. */
export function SharedReportPage() {
  const token = useParam('reportToken');
  const client = useClient();
  const [passphrase, setPassphrase] = useState<string | undefined>(undefined);
  useNoIndex();
  const open = useMutation<SharedReport, Error, string | undefined>({
    mutationFn: (given) =>
      client.call(openReportShare, { token, ...(given === undefined ? {} : { passphrase: given }) }),
    onSuccess: (_, given) => setPassphrase(given),
  });
  const { mutate } = open;
  const load = useCallback(() => mutate(undefined), [mutate]);
  useEffect(load, [load]);
  if (open.data !== undefined) {
    const shared = open.data;
    return (
      <div className="vt-outside">
        <header className="vt-outside-head">
          <h1>{shared.creatorName}</h1>
          <p className="meta">
            Vetting report, shared by {shared.workspaceName} with {shared.forName}. The link ends{' '}
            {formatDate(shared.expiresAt)}.
          </p>
        </header>
        <main id="main">
          <SharedReportBody
            shared={shared}
            link={{ token, ...(passphrase === undefined ? {} : { passphrase }) }}
            onSaid={() => mutate(passphrase)}
          />
        </main>
      </div>
    );
  }
  const code = open.error instanceof AppError ? open.error.code : null;
  const isLocked = code?.startsWith('vetting.passphrase') ?? false;
  return (
    <OutsideFrame>
      {isLocked ? (
        <PassphraseForm
          failure={code === 'vetting.passphrase_needed' ? null : (open.error?.message ?? null)}
          isBusy={open.isPending}
          onGive={(given) => mutate(given)}
        />
      ) : (
        <>
          <h1 className="vh">A shared report</h1>
          {code === 'vetting.share_ended' ? (
            <EmptyState title="This link has ended">Ask whoever sent it for a new one.</EmptyState>
          ) : open.error !== null ? (
            <ErrorState error={open.error} onRetry={load} />
          ) : (
            <SkeletonLines />
          )}
        </>
      )}
    </OutsideFrame>
  );
}

interface FormProps {
  failure: string | null;
  isBusy: boolean;
  onGive: (passphrase: string) => void;
}

function PassphraseForm({ failure, isBusy, onGive }: FormProps) {
  const [given, setGiven] = useState('');
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (given !== '') onGive(given);
  };
  return (
    <form className="stack" onSubmit={onSubmit}>
      <h1>A report for you</h1>
      {failure !== null && <FormAlert>{failure}</FormAlert>}
      <PasswordInput
        label="Passphrase"
        description="Whoever sent the link knows it"
        autoComplete="off"
        value={given}
        onChange={(event) => setGiven(event.currentTarget.value)}
        data-autofocus
      />
      <div>
        <Button type="submit" variant="filled" loading={isBusy} disabled={given === ''}>
          Open the report
        </Button>
      </div>
    </form>
  );
}

function useNoIndex() {
  useEffect(() => {
    const tag = document.createElement('meta');
    tag.name = 'robots';
    tag.content = 'noindex, nofollow';
    document.head.append(tag);
    return () => tag.remove();
  }, []);
}
