import { Button, Switch, TextInput } from '@mantine/core';
import { IconCoins } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { getRateState, importRates, listRates, setRate, switchRates } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDate, formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { RowFaults } from './row-faults.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import { trackingNouns } from './words.ts';
import './tracking.css';

type Rate = OutputOf<typeof listRates>['rows'][number];
const stale = [...trackingNouns, 'rates'];

const columns: TableColumn<Rate>[] = [
  { id: 'day', header: 'Day', width: 120, cell: (rate) => formatDate(rate.day, 'UTC') },
  {
    id: 'rate',
    header: 'Rate',
    cell: (rate) => (
      <span>
        1 {rate.base} is <b>{rate.rate}</b> {rate.quote}
        <span className="meta trk-phone">{rate.source}</span>
      </span>
    ),
  },
  { id: 'source', header: 'From', width: 220, from: 680, cell: (rate) => <span className="clip">{rate.source}</span> },
  {
    id: 'at',
    header: 'Entered',
    width: 140,
    align: 'end',
    from: 680,
    cell: (rate) => <span className="meta">{formatWhen(rate.createdAt)}</span>,
  },
];

/** Exchange rates: which orders wait for one, where each rate came from, and the three ways they come in. None of them is needed. */
export function RatesPage() {
  const canWrite = useCan('tracking:write');
  const state = useApiQuery(getRateState, {});
  const { rows, query } = useApiPages(listRates, { limit: 100 });
  const waiting = state.data?.waiting ?? [];
  const orders = waiting.reduce((sum, one) => sum + one.orders, 0);
  return (
    <div className="page">
      <PageHeader
        title={
          state.data === undefined
            ? 'Exchange rates'
            : orders === 0
              ? 'Every order has its rate'
              : `${formatPlural(orders, 'order')} ${orders === 1 ? 'waits' : 'wait'} for a rate`
        }
        sub={
          state.data === undefined
            ? undefined
            : `Into ${state.data.currency}. An order keeps the rate of its day, or of the last day with one in the week before.`
        }
      />
      <TrackingTabs />
      <QueryState query={state}>
        {(found) => (
          <>
            {found.waiting.length > 0 && <Waiting state={found} />}
            {canWrite && (
              <div className="cols">
                <div className="stack">
                  <RateFile />
                  <Daily state={found} />
                </div>
                <ByHand currency={found.currency} />
              </div>
            )}
          </>
        )}
      </QueryState>
      <Section title="Rates" note="newest day first">
        <DataTable
          label="Exchange rates"
          columns={columns}
          rows={query.isPending ? undefined : rows}
          rowId={(rate) => `${rate.day} ${rate.base} ${rate.quote}`}
          more={{
            error: query.error,
            onRetry: () => void query.refetch(),
            onEnd: () => {
              if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
            },
            ...(rows.length > 12 ? { height: 520 } : {}),
            empty: (
              <EmptyState icon={IconCoins} title="No rates yet">
                Orders in other currencies count in their own currency until a rate is known.
              </EmptyState>
            ),
          }}
        />
      </Section>
    </div>
  );
}

type State = OutputOf<typeof getRateState>;

function Waiting({ state }: { state: State }) {
  return (
    <Section title="Orders without a rate" note="they count in their own currency only">
      <ul className="list">
        {state.waiting.map((one) => (
          <li key={one.currency}>
            <b>{one.currency}</b>
            <span>
              {formatPlural(one.orders, 'order')}, {formatDate(one.first, 'UTC')}
              {one.first === one.last ? '' : ` to ${formatDate(one.last, 'UTC')}`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function RateFile() {
  const upload = useUpload(importRates);
  const cache = useQueryClient();
  const [answer, setAnswer] = useState<OutputOf<typeof importRates> | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const send = async (file: File) => {
    setFailure(null);
    try {
      setAnswer(await upload.start({}, file));
      await cache.invalidateQueries();
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return (
    <Section title="From a file" note="works without a network">
      <div className="stack">
        {failure && <FormAlert>{failure}</FormAlert>}
        <FileDrop
          title="Drop a file of rates here, or choose one"
          note="eurofxref-hist.csv of the European Central Bank, unzipped, or day, base, quote, rate"
          accept={{ 'text/csv': ['.csv', '.tsv', '.txt'], 'application/gzip': ['.gz'] }}
          maxBytes={64 * 1024 * 1024}
          isBusy={upload.progress !== null}
          onFile={(file) => void send(file)}
        />
        {answer !== null && (
          <>
            <p>
              {formatPlural(answer.read, 'row')} read: <b>{formatCount(answer.created)} rates new or other</b>,{' '}
              {formatCount(answer.unchanged)} as before; {formatPlural(answer.orders, 'order')} rated anew.
            </p>
            <RowFaults answer={answer} />
          </>
        )}
      </div>
    </Section>
  );
}

function Daily({ state }: { state: State }) {
  const change = useApiMutation(switchRates, {
    invalidate: stale,
    onSuccess: (after) => sayDone(after.isEcbOn ? 'Rates are fetched each day' : 'No rates are fetched any more'),
    onError: (error) => sayFailed('Not changed', error),
  });
  return (
    <Section title="Each day by itself">
      <div className="stack">
        <Switch
          label="Fetch the rates of the European Central Bank each day"
          description="The only request this makes goes to www.ecb.europa.eu and names nothing of yours"
          checked={state.isEcbOn}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ isEcbOn: event.currentTarget.checked })}
        />
        {state.fetchedAt !== null && <p className="meta">Fetched {formatWhen(state.fetchedAt)}.</p>}
        {state.message !== null && <FormAlert>{state.message}</FormAlert>}
      </div>
    </Section>
  );
}

function ByHand({ currency }: { currency: string }) {
  const set = useApiMutation(setRate, { invalidate: stale });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { day: '', base: '', quote: currency, rate: '' },
    validate: { day: (value) => (value === '' ? 'Of which day?' : null) },
    send: async (values) => {
      const { orders } = await set.mutateAsync({
        day: values.day,
        base: values.base.trim().toUpperCase(),
        quote: values.quote.trim().toUpperCase(),
        rate: values.rate.trim().replace(',', '.'),
      });
      sayDone(`Entered; ${formatPlural(orders, 'order')} rated anew`);
      form.setFieldValue('rate', '');
    },
  });
  return (
    <Section title="By hand" note="replaces a rate of the same day">
      <form className="stack" onSubmit={onSubmit}>
        {failure && <FormAlert>{failure}</FormAlert>}
        <TextInput label="Day" type="date" required {...form.getInputProps('day')} />
        <div className="trk-two">
          <TextInput label="One unit of" placeholder="USD" maxLength={3} required {...form.getInputProps('base')} />
          <TextInput label="in" maxLength={3} required {...form.getInputProps('quote')} />
        </div>
        <TextInput label="Rate" placeholder="0.9213" inputMode="decimal" required {...form.getInputProps('rate')} />
        <div>
          <Button type="submit" loading={isBusy}>
            Enter rate
          </Button>
        </div>
      </form>
    </Section>
  );
}
