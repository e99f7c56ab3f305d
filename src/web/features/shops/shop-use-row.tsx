import { Button, Checkbox } from '@mantine/core';
import { type ShopProducts, syncShopProducts } from '#modules/seeding/api.ts';
import { type Shop, shopUseNames, updateShop } from '#modules/shops/api.ts';
import { type CodeShop, syncCodeShop, updateCodeShop } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { shopNouns } from './words.ts';

type Use = Shop['uses'][number];
const onError = (error: Error) => sayFailed('Not done', error);

interface Props {
  shop: Shop;
  use: Use;
  products: ShopProducts | undefined;
  codes: CodeShop | undefined;
}

/** One use of a shop: whether it is on, what the key lacks for it, and how it stands. */
export function ShopUseRow({ shop, use, products, codes }: Props) {
  const mayConnect = useCan('workspace:write');
  const update = useApiMutation(updateShop, { invalidate: shopNouns, onError });
  const others = shop.uses.filter((one) => one.isOn && one.use !== use.use).map((one) => one.use);
  const isLast = use.isOn && others.length === 0;
  return (
    <li>
      <div className="shop-use">
        <Checkbox
          label={shopUseNames[use.use]}
          checked={use.isOn}
          disabled={!mayConnect || update.isPending || isLast}
          description={isLast ? 'The only use: let the shop go instead' : undefined}
          onChange={(event) =>
            update.mutate({ shopId: shop.id, uses: event.currentTarget.checked ? [...others, use.use] : others })
          }
        />
        {use.lacks.length > 0 && (
          <p className={use.isOn ? 'bad' : 'meta'}>
            The key may not do it. It lacks: {use.lacks.join(', ')}. Enter one that may.
          </p>
        )}
        {use.isOn && use.lacks.length === 0 && <Standing use={use} products={products} codes={codes} />}
      </div>
      {use.isOn && use.lacks.length === 0 && use.use === 'products' && products !== undefined && (
        <ReadProducts products={products} />
      )}
      {use.isOn && use.lacks.length === 0 && use.use === 'codes' && codes !== undefined && <ReadCodes codes={codes} />}
    </li>
  );
}

function Standing({ use, products, codes }: Omit<Props, 'shop'>) {
  switch (use.use) {
    case 'products':
      return products === undefined ? null : (
        <>
          <p className="meta">
            {formatPlural(products.products, 'product')} on sale.{' '}
            {readAt(products.sync.isRunning, products.sync.endedAt)}
          </p>
          {products.sync.message !== null && <p className="bad">{products.sync.message}</p>}
        </>
      );
    case 'codes':
      return codes === undefined ? null : <CodesStanding codes={codes} />;
    case 'orders':
      return (
        <p className="meta">
          Read where the orders come in: <AppLink to="/tracking/sources">Order sources</AppLink>. Webhooks there have a
          signing secret of their own.
        </p>
      );
  }
}

function CodesStanding({ codes }: { codes: CodeShop }) {
  const mayWrite = useCan('tracking:write');
  const update = useApiMutation(updateCodeShop, { invalidate: shopNouns, onError });
  const { made, waiting, failed } = codes.codes;
  return (
    <>
      <p className="meta">
        {formatPlural(made, 'code')} made
        {waiting > 0 && `, ${waiting} waiting`}
        {failed > 0 && `, ${failed} failed`}. {readAt(codes.sync.isRunning, codes.sync.endedAt)}
        {codes.sync.read !== null && ` ${formatPlural(codes.sync.read, 'code')} found, ${codes.sync.added ?? 0} new.`}
      </p>
      {codes.sync.message !== null && <p className="bad">{codes.sync.message}</p>}
      <Checkbox
        label="Every new code is made here too"
        checked={codes.isDefault}
        disabled={!mayWrite || update.isPending}
        onChange={(event) => update.mutate({ shopId: codes.id, isDefault: event.currentTarget.checked })}
      />
    </>
  );
}

function ReadProducts({ products }: { products: ShopProducts }) {
  const mayWrite = useCan('campaigns:write');
  const sync = useApiMutation(syncShopProducts, {
    invalidate: shopNouns,
    onSuccess: () => sayDone('Its products are read'),
    onError,
  });
  if (!mayWrite) return null;
  return (
    <Button
      loading={sync.isPending || products.sync.isRunning}
      onClick={() => sync.mutate({ shopId: products.shopId })}
    >
      Read its products
    </Button>
  );
}

function ReadCodes({ codes }: { codes: CodeShop }) {
  const mayWrite = useCan('tracking:write');
  const sync = useApiMutation(syncCodeShop, {
    invalidate: shopNouns,
    onSuccess: () => sayDone('Its codes are read'),
    onError,
  });
  if (!mayWrite) return null;
  return (
    <Button loading={sync.isPending || codes.sync.isRunning} onClick={() => sync.mutate({ shopId: codes.id })}>
      Read its codes
    </Button>
  );
}

function readAt(isRunning: boolean, endedAt: string | null): string {
  if (isRunning) return 'Being read now.';
  return endedAt === null ? 'Not read yet.' : `Read ${formatWhen(endedAt)}.`;
}
