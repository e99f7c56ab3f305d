import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { downloadSharedReport, openReportShare, type SharedReport } from '#modules/vetting/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { useDownload } from '#web/api/use-download.ts';
import { GuestGate, useNoIndex } from '#web/shell/guest-gate.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { sayFailed } from '#web/ui/say.ts';
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
  const download = useDownload(downloadSharedReport);
  const { mutate } = open;
  const load = useCallback(() => mutate(undefined), [mutate]);
  useEffect(load, [load]);
  if (open.data !== undefined) {
    const shared = open.data;
    const link = { token, ...(passphrase === undefined ? {} : { passphrase }) };
    const save = () =>
      download.start(link, 'vetting-report.pdf').catch((error: unknown) => sayFailed('Not downloaded', error));
    return (
      <div className="vt-outside">
        <header className="vt-outside-head">
          <h1>{shared.creatorName}</h1>
          <p className="meta">
            Vetting report, shared by {shared.workspaceName} with {shared.forName}. The link ends{' '}
            {formatDate(shared.expiresAt)}.
          </p>
          <Button onClick={() => void save()} loading={download.isRunning}>
            Download as PDF
          </Button>
        </header>
        <main id="main">
          <SharedReportBody shared={shared} link={link} onSaid={() => mutate(passphrase)} />
        </main>
      </div>
    );
  }
  return <GuestGate noun="report" opening={open} onRetry={load} onGive={(given) => mutate(given)} />;
}
