import { Button } from '@mantine/core';
import { IconCode, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { listSnippetKeys, revokeSnippetKey, type SnippetKey } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import { SnippetDialog } from './snippet-dialog.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import './tracking.css';

const refreshMs = 15_000;
const consentWords = {
  store: 'keeps the click at once',
  wait: 'waits for consent',
  cookieless: 'keeps nothing on the device',
};

/** The script for a shop's pages: keys, and how to put it in. */
export function SnippetPage() {
  const canWrite = useCan('tracking:write');
  const [isAdding, setAdding] = useState(false);
  const query = useApiQuery(listSnippetKeys, {}, { refetchInterval: refreshMs });
  const keys = query.data?.keys.filter((key) => key.revokedAt === null) ?? [];
  const add = (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      New key
    </Button>
  );
  return (
    <div className="page">
      <PageHeader
        title={
          keys.length === 0
            ? 'Script for shop pages'
            : `${formatPlural(keys.length, 'key')} for the script on shop pages`
        }
        actions={canWrite && add}
      />
      <TrackingTabs />
      <QueryState query={query}>
        {(answer) => (
          <>
            <Section
              title="Keys"
              note={`${formatCount(answer.bytes)} bytes, ${formatCount(answer.gzipBytes)} packed; asks nobody but this installation`}
            >
              {answer.keys.length === 0 ? (
                <EmptyState icon={IconCode} title="No key yet" action={canWrite ? add : undefined}>
                  The script remembers which link led a visitor to your shop and tells of the order on the thank-you
                  page. A key stands in the open: it can add and never read.
                </EmptyState>
              ) : (
                <ul className="trk-hosts">
                  {answer.keys.map((key) => (
                    <KeyRow key={key.id} row={key} canWrite={canWrite} />
                  ))}
                </ul>
              )}
            </Section>
            <HowTo />
          </>
        )}
      </QueryState>
      {isAdding && <SnippetDialog onClose={() => setAdding(false)} />}
    </div>
  );
}

function KeyRow({ row, canWrite }: { row: SnippetKey; canWrite: boolean }) {
  const [isEnding, setEnding] = useState(false);
  const revoke = useApiMutation(revokeSnippetKey, { invalidate: ['snippet-keys'] });
  const isLive = row.revokedAt === null;
  const state = !isLive ? 'revoked' : row.seenAt === null ? 'not seen yet' : `seen ${formatWhen(row.seenAt)}`;
  return (
    <li className="stack">
      <div className="row">
        <b>{row.hosts.join(', ')}</b>
        <Status tone={!isLive ? 'plain' : row.seenAt === null ? 'warn' : 'good'}>{state}</Status>
        <span className="meta">
          {consentWords[row.consent]}; orders stand under {row.sourceName}
          {row.seenHost !== null && `; last on ${row.seenHost}`}
        </span>
        {canWrite && isLive && (
          <span className="row trk-end">
            <Button variant="subtle" color="gray" onClick={() => setEnding(true)}>
              Revoke
            </Button>
          </span>
        )}
      </div>
      {isLive && <CopyField label="line for the head of each page" value={row.tag} />}
      <p className="meta">
        {formatPlural(row.orders, 'order')} told by browsers
        {row.orders > 0 && `, ${formatCount(row.unverified)} of them not yet confirmed by the shop itself`}.
      </p>
      <ConfirmDialog
        isOpen={isEnding}
        onClose={() => setEnding(false)}
        title={`Revoke the key for ${row.hosts[0] ?? 'these pages'}?`}
        confirmLabel="Revoke"
        onConfirm={() => revoke.mutateAsync({ keyId: row.id })}
        isDangerous
      >
        Nothing more is taken from it. What it brought stays.
      </ConfirmDialog>
    </li>
  );
}

function HowTo() {
  return (
    <Section title="Put it in" note="the whole of it stands in docs/snippet.md">
      <div className="trk-body">
        <ol className="trk-steps">
          <li>Copy the line above into the head of every page of the shop, the thank-you page among them.</li>
          <li>Shopify and WooCommerce pages that expose the order tell of it by themselves. On others call this:</li>
        </ol>
        <pre className="trk-code">{`rapport('order', { id: '1001', total: '52.40', currency: 'EUR', codes: ['NELL10'] });
rapport('lead', { id: 'user-17', event: 'sign-up' });
rapport('consent', true); // where the key waits for consent`}</pre>
        <p className="meta">
          A browser can be lied to: its orders are marked as unverified until the shop's own word on the same order
          comes, which then decides. With a strict content policy allow this installation in script-src and connect-src.
        </p>
      </div>
    </Section>
  );
}
