import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { type CreatorPrice, listPrices, type Person, removePrice } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Money } from '#web/ui/money.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { PriceDialog } from './price-dialog.tsx';
import { priceFormatWords } from './words.ts';

const originWords: Record<CreatorPrice['origin'], string> = {
  rate_card: 'rate card',
  creator: 'said by the creator',
  estimate: 'published band, estimate',
};

/** What the creator takes, each price with its origin; published bands only when asked for, always marked as estimates. */
export function PricesSection({ person }: { person: Person }) {
  const [withEstimates, setWithEstimates] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const prices = useApiQuery(listPrices, { personId: person.id, estimates: withEstimates });
  const { canWrite } = useCanWrite();
  return (
    <Section
      title="Prices"
      end={
        <Switch
          size="xs"
          label="Published bands"
          checked={withEstimates}
          onChange={(event) => setWithEstimates(event.currentTarget.checked)}
        />
      }
    >
      <QueryState query={prices}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="meta vt-empty">No price known. Add what the creator asks, or import a rate card.</p>
          ) : (
            <ul className="list" aria-label="Prices">
              {rows.map((price) => (
                <PriceRow
                  key={`${price.profileId} ${price.format} ${price.low.currency} ${price.origin}`}
                  personId={person.id}
                  price={price}
                />
              ))}
            </ul>
          )
        }
      </QueryState>
      {canWrite && (
        <div className="vt-prices-acts">
          <Button variant="default" size="xs" onClick={() => setAdding(true)}>
            Add price
          </Button>
        </div>
      )}
      {isAdding && <PriceDialog person={person} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function useCanWrite(): { canWrite: boolean } {
  const { role } = useWorkspace();
  return { canWrite: role !== 'viewer' };
}

function PriceRow({ personId, price }: { personId: string; price: CreatorPrice }) {
  const { canWrite } = useCanWrite();
  const remove = useApiMutation(removePrice, {
    invalidate: ['creators', 'discovery'],
    onSuccess: () => sayDone('Price removed'),
  });
  const { profileId, format, origin, low, high, source, at } = price;
  const isBand = origin === 'estimate';
  return (
    <li>
      <div className="vt-what">
        <b>{format === null ? 'Format not stated' : priceFormatWords[format]}</b>
        <span className="meta">
          {price.platform}, {source}, {isBand ? at : formatDate(at)}
        </span>
      </div>
      <span className={isBand ? 'fig est' : undefined}>
        <Money value={low} />
        {isBand && (high === null ? ' and more' : <> to {<Money value={high} />}</>)}
      </span>
      <Tag>{originWords[origin]}</Tag>
      {!isBand && canWrite && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          loading={remove.isPending}
          aria-label={`Remove the price for ${format === null ? 'no format' : priceFormatWords[format]}`}
          onClick={() => remove.mutate({ personId, profileId, format, currency: low.currency, origin })}
        >
          Remove
        </Button>
      )}
    </li>
  );
}
