import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { listShops, shopKinds, shopNames } from '#modules/shops/api.ts';
import {
  cancelBackfill,
  listBackfills,
  listDeliveries,
  type OrderBackfill,
  type OrderSource,
  startBackfill,
} from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDate, formatWhen } from '#web/ui/format-when.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { trackingNouns } from './words.ts';

const busyMs = 2000;
const runsShown = 5;

/** Past orders read over the shop's own API: since when, how far it is, what came in, and what was refused with the reason. */
export function BackfillSection({ source }: { source: OrderSource }) {
  const canWrite = useCan('tracking:write');
  const kind = shopKinds.find((one) => one === source.kind);
  const runs = useApiQuery(
    listBackfills,
    { sourceId: source.id },
    {
      enabled: kind !== undefined,
      refetchInterval: (query) => (query.state.data?.some((one) => one.state === 'running') ? busyMs : false),
    },
  );
  if (kind === undefined) return null;
  return (
    <Section title="Past orders" note={`read over the API of ${shopNames[kind]}`}>
      <QueryState query={runs}>
        {(all) => (
          <div className="stack">
            {canWrite && source.revokedAt === null && all.every((one) => one.state !== 'running') && (
              <StartForm source={source} kind={kind} />
            )}
            {all.slice(0, runsShown).map((one) => (
              <Backfill key={one.id} one={one} canWrite={canWrite} />
            ))}
            {(all[0]?.refused ?? 0) > 0 && <Refused source={source} />}
          </div>
        )}
      </QueryState>
    </Section>
  );
}

function StartForm({ source, kind }: { source: OrderSource; kind: (typeof shopKinds)[number] }) {
  const shops = useApiQuery(listShops, {});
  const [since, setSince] = useState('');
  const [shopId, setShopId] = useState<string | null>(null);
  const start = useApiMutation(startBackfill, { invalidate: trackingNouns });
  const fitting = (shops.data?.shops ?? []).filter(
    (shop) => shop.kind === kind && shop.state !== 'off' && shop.uses.some((one) => one.use === 'orders' && one.isOn),
  );
  const chosen = fitting.find((shop) => shop.id === shopId) ?? fitting[0];
  if (shops.data !== undefined && chosen === undefined)
    return (
      <p className="meta">
        To read orders from before, connect the shop for them in{' '}
        <AppLink to="/settings/shops" className="link">
          Settings, Shops
        </AppLink>
        . Orders from now on come by the webhook.
      </p>
    );
  const send = () => {
    if (chosen !== undefined) start.mutate({ sourceId: source.id, shopId: chosen.id, since });
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {start.error && <FormAlert>{start.error.message}</FormAlert>}
      <div className="trk-two">
        <TextInput
          label="Orders since"
          type="date"
          required
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
        {fitting.length > 1 && (
          <Select
            label="Shop"
            data={fitting.map((shop) => ({ value: shop.id, label: shop.name }))}
            allowDeselect={false}
            value={chosen?.id ?? null}
            onChange={setShopId}
          />
        )}
      </div>
      <div>
        <Button type="submit" loading={start.isPending} disabled={since === ''}>
          Read past orders
        </Button>
      </div>
    </form>
  );
}

const stateWords = {
  running: { word: 'reading', tone: 'accent' },
  done: { word: 'done', tone: 'good' },
  failed: { word: 'stopped', tone: 'bad' },
  cancelled: { word: 'cancelled', tone: 'plain' },
} as const;

function Backfill({ one, canWrite }: { one: OrderBackfill; canWrite: boolean }) {
  const cancel = useApiMutation(cancelBackfill, {
    invalidate: trackingNouns,
    onError: (error) => sayFailed('Not cancelled', error),
  });
  const counts = `${formatCount(one.created)} new, ${formatCount(one.updated)} changed, ${formatCount(one.unchanged)} known, ${formatCount(one.refused)} refused`;
  const state = stateWords[one.state];
  return (
    <div className="trk-backfill">
      <div className="spread">
        <span>
          Since {formatDate(one.since, 'UTC')} <span className="meta">{formatWhen(one.startedAt)}</span>
        </span>
        <Tag tone={state.tone}>{state.word}</Tag>
      </div>
      {one.state === 'running' && (
        <ProgressBar
          label={`${formatPlural(one.pages, 'page')} read`}
          percent={null}
          {...(canWrite ? { onCancel: () => cancel.mutate({ sourceId: one.sourceId, backfillId: one.id }) } : {})}
        />
      )}
      <div>{counts}</div>
      {one.message !== null && <div className="meta">{one.message}</div>}
    </div>
  );
}

function Refused({ source }: { source: OrderSource }) {
  const refused = useApiQuery(listDeliveries, { sourceId: source.id, outcome: 'refused', limit: 10 });
  const rows = refused.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <div>
      <h3 className="meta">Refused lately, kept to be read again</h3>
      <ul className="trk-refused">
        {rows.map((row) => (
          <li key={row.deliveryId}>
            {row.message ?? 'It could not be read.'} <span className="meta">{formatWhen(row.receivedAt)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
