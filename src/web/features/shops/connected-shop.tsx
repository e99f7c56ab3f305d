import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import type { ShopProducts } from '#modules/seeding/api.ts';
import {
  disconnectShop,
  type listShops,
  type Shop,
  shopUseNames,
  testShop,
  whatShopStops,
} from '#modules/shops/api.ts';
import type { CodeShop } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Status } from '#web/ui/status.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import { ShopUseRow } from './shop-use-row.tsx';
import { shopNouns, stateWords } from './words.ts';

interface Props {
  shop: Shop;
  kind: OutputOf<typeof listShops>['kinds'][number] | undefined;
  products: ShopProducts | undefined;
  codes: CodeShop | undefined;
}

export function ConnectedShop({ shop, kind, products, codes }: Props) {
  const mayTest = useCan('campaigns:write');
  const mayConnect = useCan('workspace:write');
  const [open, setOpen] = useState<'key' | 'end' | null>(null);
  const word = stateWords[shop.state];
  const test = useApiMutation(testShop, {
    invalidate: shopNouns,
    onSuccess: (answer) =>
      answer.isWorking ? sayDone(answer.message) : sayFailed(`${shop.name} needs you`, new Error(answer.message)),
    onError: (error) => sayFailed('Not tried', error),
  });
  return (
    <section className="shop" aria-label={shop.name}>
      <div className="spread">
        <h2>{shop.name}</h2>
        <Status tone={word.tone}>{word.label}</Status>
      </div>
      {shop.message !== null && <p className="bad">{shop.message}</p>}
      {shop.hasTwoKeys && (
        <p className="ink-2">
          It was connected twice: products use one key, codes and past orders another. Enter a new key that may do all
          of it, and there is one.
        </p>
      )}
      <KeyValues
        items={[
          { term: 'Address', value: shop.address },
          { term: 'Sells in', value: shop.currency },
          { term: 'Customers see it at', value: shop.storefront },
          { term: 'Connected', value: formatDate(shop.connectedAt) },
        ]}
      />
      {shop.state !== 'off' && (
        <ul className="shop-uses" aria-label={`What ${shop.name} is used for`}>
          {shop.uses.map((use) => (
            <ShopUseRow key={use.use} shop={shop} use={use} products={products} codes={codes} />
          ))}
        </ul>
      )}
      <div className="acts">
        {shop.state !== 'off' && mayTest && (
          <Button loading={test.isPending} onClick={() => test.mutate({ shopId: shop.id })}>
            Test
          </Button>
        )}
        {mayConnect && (
          <Button onClick={() => setOpen('key')}>{shop.state === 'off' ? 'Connect again' : 'New key'}</Button>
        )}
        {mayConnect && shop.state !== 'off' && (
          <Button variant="subtle" color="gray" onClick={() => setOpen('end')}>
            Let go
          </Button>
        )}
      </div>
      {open === 'key' && kind !== undefined && <ConnectDialog kind={kind} shop={shop} onClose={() => setOpen(null)} />}
      {open === 'end' && <EndDialog shop={shop} onClose={() => setOpen(null)} />}
    </section>
  );
}

/** Says what stops before it does. */
function EndDialog({ shop, onClose }: { shop: Shop; onClose: () => void }) {
  const stops = useApiQuery(whatShopStops, { shopId: shop.id });
  const end = useApiMutation(disconnectShop, {
    invalidate: shopNouns,
    onSuccess: () => sayDone(`${shop.name} is let go`),
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Let ${shop.name} go?`}
      confirmLabel="Let go"
      onConfirm={() => end.mutateAsync({ shopId: shop.id })}
      isDangerous
    >
      <p>The key is forgotten. Products, parcels, codes and orders stay here with their history.</p>
      <QueryState query={stops}>
        {(lines) => (
          <ul className="shop-steps">
            {lines.map(({ use, text }) => (
              <li key={text}>
                <b>{shopUseNames[use]}:</b> {text}
              </li>
            ))}
          </ul>
        )}
      </QueryState>
    </ConfirmDialog>
  );
}
