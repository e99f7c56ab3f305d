import { Button } from '@mantine/core';
import { useState } from 'react';
import {
  givenSecretKinds,
  listDeliveries,
  type OrderSource,
  receivingKinds,
  replayDelivery,
  revokeOrderSource,
  rotateOrderSource,
  testOrderSource,
} from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { BackfillSection } from './backfill-section.tsx';
import { outcomeWords } from './delivery-words.ts';
import { ReplaceSecretDialog } from './replace-secret-dialog.tsx';
import { SecretNote } from './secret-note.tsx';
import { trackingNouns } from './words.ts';

/** One source: its address, what arrived lately, and how to replace its secret or end it. */
export function SourcePanel({ source, onClose }: { source: OrderSource; onClose: () => void }) {
  const canWrite = useCan('tracking:write');
  const { timeZone } = useWorkspace();
  const [secret, setSecret] = useState<string | null>(null);
  const [isRevoking, setRevoking] = useState(false);
  const [isReplacing, setReplacing] = useState(false);
  const deliveries = useApiQuery(listDeliveries, { sourceId: source.id, limit: 25 });
  const rotate = useApiMutation(rotateOrderSource, {
    invalidate: trackingNouns,
    onSuccess: (answer) => setSecret(answer.secret),
    onError: (error) => sayFailed('Not replaced', error),
  });
  const revoke = useApiMutation(revokeOrderSource, { invalidate: trackingNouns });
  const isWebhook = receivingKinds.has(source.kind);
  const isGiven = givenSecretKinds.has(source.kind);
  const trial = useApiMutation(testOrderSource, {
    invalidate: trackingNouns,
    onSuccess: (answer) => sayDone(answer.delivery.message ?? 'Tried'),
    onError: (error) => sayFailed('Not tried', error),
  });
  const replay = useApiMutation(replayDelivery, {
    invalidate: trackingNouns,
    onSuccess: (answer) => sayDone(`Read once more: ${outcomeWords[answer.outcome].word}`),
    onError: (error) => sayFailed('Not read', error),
  });
  return (
    <SidePanel
      label={`Order source ${source.name}`}
      onClose={onClose}
      actions={
        canWrite &&
        source.revokedAt === null && (
          <>
            {isWebhook && (
              <Button onClick={() => trial.mutate({ sourceId: source.id })} loading={trial.isPending}>
                Send a try
              </Button>
            )}
            {isWebhook && (
              <Button
                onClick={() => (isGiven ? setReplacing(true) : rotate.mutate({ sourceId: source.id }))}
                loading={rotate.isPending}
              >
                Replace the secret
              </Button>
            )}
            <Button variant="subtle" color="gray" onClick={() => setRevoking(true)}>
              Revoke
            </Button>
          </>
        )
      }
    >
      <div className="trk-body">
        <h2 className="t-lead">{source.name}</h2>
        {isWebhook && source.revokedAt === null && <SecretNote source={source} secret={secret} />}
        {source.previousSecretUntil !== null && (
          <p className="meta">
            The secret before is accepted until {formatDateTime(source.previousSecretUntil, timeZone)}.
          </p>
        )}
        <BackfillSection source={source} />
        <Section title="Latest deliveries">
          <QueryState query={deliveries}>
            {(page) =>
              page.rows.length === 0 ? (
                <p className="meta">Nothing has arrived yet.</p>
              ) : (
                <ul className="trk-feed">
                  {page.rows.map((row) => (
                    <li key={row.deliveryId} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
                      <span>
                        {formatDateTime(row.receivedAt, timeZone)}
                        {row.topic !== null && <span className="meta"> {row.topic}</span>}
                        {row.message !== null && <span className="meta"> {row.message}</span>}
                      </span>
                      <span className="row">
                        <Tag tone={outcomeWords[row.outcome].tone}>{outcomeWords[row.outcome].word}</Tag>
                        {canWrite && row.outcome !== 'test' && (
                          <Button
                            size="compact-sm"
                            variant="subtle"
                            onClick={() => replay.mutate({ sourceId: source.id, deliveryId: row.deliveryId })}
                          >
                            Read again
                          </Button>
                        )}
                      </span>
                    </li>
                  ))}
                </ul>
              )
            }
          </QueryState>
        </Section>
      </div>
      {isReplacing && <ReplaceSecretDialog source={source} onClose={() => setReplacing(false)} />}
      <ConfirmDialog
        isOpen={isRevoking}
        onClose={() => setRevoking(false)}
        title={`Revoke ${source.name}?`}
        confirmLabel="Revoke"
        onConfirm={() => revoke.mutateAsync({ sourceId: source.id })}
        isDangerous
      >
        Nothing more is accepted from it. Its orders and their credit stay.
      </ConfirmDialog>
    </SidePanel>
  );
}
