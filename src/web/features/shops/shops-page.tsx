import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { listShopProducts } from '#modules/seeding/api.ts';
import { listShops, shopUseNames } from '#modules/shops/api.ts';
import { listCodeShops } from '#modules/tracking/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import { ConnectedShop } from './connected-shop.tsx';
import './shops.css';

type Kind = OutputOf<typeof listShops>['kinds'][number];
const busyMs = 2_000;
const restMs = 30_000;

/** Shops by one key each: what every one of them is used for, and whether that works. */
export function ShopsPage() {
  const query = useApiQuery(listShops, {}, { refetchInterval: restMs });
  const products = useApiQuery(
    listShopProducts,
    {},
    { refetchInterval: ({ state }) => (state.data?.some((one) => one.sync.isRunning) ? busyMs : restMs) },
  );
  const codes = useApiQuery(
    listCodeShops,
    {},
    {
      refetchInterval: ({ state }) =>
        state.data?.shops.some((shop) => shop.sync.isRunning || shop.codes.waiting > 0) ? busyMs : restMs,
    },
  );
  return (
    <div>
      <p className="settings-note">
        Everything here is off until you connect it. Without a shop you add <AppLink to="/products">products</AppLink>{' '}
        yourself, print a packing list and load codes by Export. A key is entered once for all it is used for: it is
        tried, then kept sealed on this machine and never shown again.
      </p>
      <QueryState query={query}>
        {({ shops, kinds }) => (
          <>
            {shops.map((shop) => (
              <ConnectedShop
                key={shop.id}
                shop={shop}
                kind={kinds.find((kind) => kind.kind === shop.kind)}
                products={products.data?.find((one) => one.shopId === shop.id)}
                codes={codes.data?.shops.find((one) => one.id === shop.id)}
              />
            ))}
            {kinds.map((kind) => (
              <KindCard key={kind.kind} kind={kind} isFirst={!shops.some((shop) => shop.kind === kind.kind)} />
            ))}
          </>
        )}
      </QueryState>
    </div>
  );
}

function KindCard({ kind, isFirst }: { kind: Kind; isFirst: boolean }) {
  const mayConnect = useCan('workspace:write');
  const [isOpen, setOpen] = useState(false);
  const { about, name } = kind;
  return (
    <section className="shop" aria-label={isFirst ? name : `Another ${name} shop`}>
      {isFirst && (
        <>
          <h2>{name}</h2>
          <p className="ink-2">For {about.uses.map(({ use }) => shopUseNames[use].toLowerCase()).join(', ')}.</p>
        </>
      )}
      <div className="acts">
        {mayConnect ? (
          <Button leftSection={<IconPlugConnected size={16} stroke={1.6} aria-hidden />} onClick={() => setOpen(true)}>
            {isFirst ? `Connect ${name}` : `Connect another ${name} shop`}
          </Button>
        ) : (
          <p className="meta">An owner or admin can connect it.</p>
        )}
      </div>
      <details>
        <summary>What {name} gives and needs</summary>
        <div>
          {about.uses.map((one) => (
            <div key={one.use}>
              <h3>{shopUseNames[one.use]}</h3>
              <ul>
                {one.gives.map((point) => (
                  <li key={point}>{point}</li>
                ))}
                {one.lacks.map((point) => (
                  <li key={point}>Not: {point}</li>
                ))}
                <li>The key must be allowed: {one.scopes.join(', ')}</li>
              </ul>
            </div>
          ))}
          <h3>How to get the key</h3>
          <ol>
            {about.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <h3>Documents</h3>
          <ul>
            {about.documents.map((document) => (
              <li key={document}>{document}</li>
            ))}
          </ul>
        </div>
      </details>
      {isOpen && <ConnectDialog kind={kind} shop={null} onClose={() => setOpen(false)} />}
    </section>
  );
}
