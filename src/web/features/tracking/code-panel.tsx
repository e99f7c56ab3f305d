import { Button } from '@mantine/core';
import { useState } from 'react';
import { type DiscountCode, getCode, putCodesInShops, updateCode } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime, formatWhen } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { Spark } from '#web/ui/spark.tsx';
import { Status } from '#web/ui/status.tsx';
import { Timeline } from '#web/ui/timeline.tsx';
import { conditionsOf, shopStateWords } from './code-words.ts';
import { RotateDialog } from './rotate-dialog.tsx';
import { trackingNouns, worthOf } from './words.ts';

interface Props {
  code: DiscountCode;
  onClose: () => void;
  onOpen: (codeId: string) => void;
}

/** A code with its terms, how it stands in the shops, the links that apply it, and what became of it. */
export function CodePanel({ code, onClose, onOpen }: Props) {
  const canWrite = useCan('tracking:write');
  const [isRotating, setRotating] = useState(false);
  const update = useApiMutation(updateCode, {
    invalidate: trackingNouns,
    onError: (error) => sayFailed('Not changed', error),
  });
  const set = (state: DiscountCode['state']) => update.mutate({ codeId: code.id, state });
  const isOver = code.endsAt !== null && Date.parse(code.endsAt) <= Date.now();
  const canRotate = code.replacedBy === null && code.state === 'live' && !isOver;
  return (
    <SidePanel
      label={`Code ${code.code}`}
      onClose={onClose}
      actions={
        canWrite && (
          <>
            {canRotate && (
              <Button variant="filled" onClick={() => setRotating(true)}>
                Rotate
              </Button>
            )}
            <Button onClick={() => set(code.state === 'live' ? 'paused' : 'live')}>
              {code.state === 'live' ? 'Pause' : 'Make live'}
            </Button>
            {code.state !== 'archived' && (
              <Button variant="subtle" color="gray" onClick={() => set('archived')}>
                Archive
              </Button>
            )}
          </>
        )
      }
    >
      <div className="trk-body">
        <CopyField label="Code" value={code.code} />
        <Succession code={code} onOpen={onOpen} />
        <Terms code={code} />
        <InShops code={code} canWrite={canWrite} />
        <Story code={code} />
      </div>
      {isRotating && <RotateDialog code={code} onClose={() => setRotating(false)} onDone={onOpen} />}
    </SidePanel>
  );
}

function Succession({ code, onOpen }: Pick<Props, 'code' | 'onOpen'>) {
  const { replaces, replacedBy } = code;
  if (replaces === null && replacedBy === null) return null;
  return (
    <p className="meta">
      {replaces !== null && (
        <>
          Took over from{' '}
          <button type="button" className="link bare" onClick={() => onOpen(replaces.id)}>
            {replaces.code}
          </button>
          .{' '}
        </>
      )}
      {replacedBy !== null && (
        <>
          Taken over by{' '}
          <button type="button" className="link bare" onClick={() => onOpen(replacedBy.id)}>
            {replacedBy.code}
          </button>
          ; both credit the creator while they last.
        </>
      )}
    </p>
  );
}

function Terms({ code }: { code: DiscountCode }) {
  const { timeZone } = useWorkspace();
  const when = (at: string | null, none: string) => (at === null ? none : formatDateTime(at, timeZone));
  const orders = code.days.map((day) => day.orders);
  return (
    <KeyValues
      items={[
        { term: 'Gives', value: worthOf(code) },
        { term: 'Conditions', value: conditionsOf(code) ?? 'None' },
        { term: 'Creator', value: code.creator?.name ?? 'Nobody' },
        { term: 'Campaign', value: code.campaign?.name ?? 'None' },
        { term: 'Begins', value: when(code.startsAt, 'At once') },
        { term: 'Ends', value: when(code.endsAt, 'Never') },
        {
          term: 'Orders',
          value:
            code.usageLimit === null
              ? formatCount(code.orders)
              : `${formatCount(code.orders)} of ${formatCount(code.usageLimit)} allowed`,
        },
        {
          term: 'Last 7 days',
          value: (
            <span className="row">
              <Spark values={orders} label={`Orders of the last seven days: ${orders.join(', ')}`} width={96} />
              {formatPlural(
                orders.reduce((sum, one) => sum + one, 0),
                'order',
              )}
            </span>
          ),
        },
        { term: 'Last used', value: when(code.lastUsedAt, 'Not yet') },
      ]}
    />
  );
}

function InShops({ code, canWrite }: { code: DiscountCode; canWrite: boolean }) {
  const retry = useApiMutation(putCodesInShops, {
    invalidate: [...trackingNouns, 'code-shops'],
    onSuccess: () => sayDone('It is tried again'),
    onError: (error) => sayFailed('Not tried', error),
  });
  if (code.shops.length === 0)
    return (
      <p className="meta">In no shop: the state here guides your team, the shop itself accepts or refuses a code.</p>
    );
  const isOpen = code.shops.some((one) => one.state === 'failed' || one.state === 'waiting');
  return (
    <section aria-label="In shops">
      <h3 className="trk-h3">In shops</h3>
      <ul className="trk-ways">
        {code.shops.map((one) => (
          <li key={one.shopId}>
            <span className="spread">
              <b>{one.shopName}</b>
              <Status tone={shopStateWords[one.state].tone}>{shopStateWords[one.state].word}</Status>
            </span>
            {one.message !== null && <span>{one.message}</span>}
            <span className="meta">
              {one.madeAt !== null && `${one.isImported ? 'found there' : 'made'} ${formatWhen(one.madeAt)}`}
              {one.nextTryAt !== null && ` tried again ${formatWhen(one.nextTryAt)}`}
              {one.uses !== null && `, ${formatPlural(one.uses, 'use')} by its own count`}
            </span>
          </li>
        ))}
      </ul>
      {canWrite && isOpen && (
        <Button loading={retry.isPending} onClick={() => retry.mutate({ codeIds: [code.id] })}>
          Try again now
        </Button>
      )}
    </section>
  );
}

function Story({ code }: { code: DiscountCode }) {
  const { timeZone } = useWorkspace();
  const query = useApiQuery(getCode, { codeId: code.id });
  return (
    <QueryState query={query}>
      {({ applyLinks, history }) => (
        <>
          {applyLinks.length > 0 && (
            <section aria-label="Links that apply the code">
              <h3 className="trk-h3">Links that apply the code</h3>
              {applyLinks.map((link) => (
                <CopyField key={link.shopId} label={`link for ${link.shopName}`} value={link.url} />
              ))}
              <p className="meta">
                Give one as the destination of a short link. Shopify applies it by itself, WooCommerce with an extension
                for coupons in addresses.
              </p>
            </section>
          )}
          <section aria-label="History">
            <h3 className="trk-h3">History</h3>
            <Timeline
              label={`History of ${code.code}`}
              timeZone={timeZone}
              entries={history.map((step) => ({
                id: `${step.at}${step.what}`,
                at: step.at,
                title: step.what,
                text: step.who,
              }))}
            />
          </section>
        </>
      )}
    </QueryState>
  );
}
