import { useState } from 'react';
import type { Facet, Filter, SearchAnswer } from '#modules/discovery/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FacetList } from '#web/ui/facet-list.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { RangeHistogram } from '#web/ui/range-histogram.tsx';
import { FilterDialog } from './filter-dialog.tsx';
import { leastShare } from './filter-groups.ts';
import { filterValueWords, formatValue, isNegated, valueLabel, withFilter } from './filter-words.ts';

interface Props {
  answer: SearchAnswer | undefined;
  filters: Filter[];
  onChange: (filters: Filter[]) => void;
  listNames: ReadonlyMap<string, string>;
}

const audienceField = 'audience.country';

/** Countries of the audience, each with how many of the creators found reach the least share there. */
export function AudienceGroup({ answer, filters, onChange, listNames }: Props) {
  const [isOpen, setOpen] = useState(false);
  const isOwn = (filter: Filter) => filter.field === audienceField && filter.op === 'share' && !isNegated(filter);
  const own = filters.find(isOwn);
  const chosen = own?.op === 'share' ? own.values : [];
  const counted = answer?.facets.find((facet): facet is Extract<Facet, { kind: 'values' }> => {
    return facet.field === audienceField && facet.kind === 'values';
  });
  const known = counted?.values ?? [];
  const missing = chosen.filter((value) => !known.some((one) => one.value.toLowerCase() === value.toLowerCase()));
  const values = [...known, ...missing.map((value) => ({ value, count: 0 }))];
  const min = own?.op === 'share' ? (own.min ?? leastShare(audienceField)) : leastShare(audienceField);
  const save = (next: Filter | null) => onChange(withFilter(filters, isOwn, next));
  if (values.length === 0 && (counted?.unknown ?? 0) === 0) return null;
  return (
    <div>
      <FacetList
        title="Audience in"
        note={`${formatValue('adultShare', min)} or more`}
        facets={values.map(({ value, count }) => ({
          value,
          count,
          label: valueLabel(audienceField, value, listNames),
        }))}
        chosen={chosen}
        onChange={(next) => save(next.length === 0 ? null : { field: audienceField, op: 'share', values: next, min })}
      />
      {values.length === 0 && <p className="meta">No audience here reaches this share anywhere.</p>}
      <button type="button" className="link bare more" onClick={() => setOpen(true)}>
        Other places or share
      </button>
      {isOpen && (
        <FilterDialog
          field={audienceField}
          filter={own ?? null}
          listNames={listNames}
          onClose={() => setOpen(false)}
          onSave={save}
        />
      )}
    </div>
  );
}

/** What is asked of prices: how they are spread in one currency, and a dialog for the currency, the format and published bands. */
export function PriceGroup({ answer, filters, onChange, listNames }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { currency } = useWorkspace();
  const isOwn = (filter: Filter) => filter.op === 'price';
  const own = filters.find((filter): filter is Extract<Filter, { op: 'price' }> => filter.op === 'price');
  const facet = answer?.facets.find((one): one is Extract<Facet, { kind: 'histogram' }> => {
    return one.field === 'price' && one.kind === 'histogram';
  });
  const bins = priceBins(facet);
  const save = (next: Filter | null) => onChange(withFilter(filters, isOwn, next));
  const inUse = own?.currency ?? currency;
  const minor = (amount: string | undefined) => (amount === undefined ? null : Number(amount));
  const settle = ([min, max]: [number | null, number | null]) => {
    const { minMinor: _, maxMinor: __, ...rest } = own ?? { field: 'price', op: 'price' as const, currency: inUse };
    const bounds = {
      ...(min === null ? {} : { minMinor: String(min) }),
      // Bins end before their upper edge.
      ...(max === null ? {} : { maxMinor: String(max - 1) }),
    };
    save(min === null && max === null ? null : { ...rest, ...bounds });
  };
  return (
    <div>
      {bins.length === 0 ? (
        <fieldset className="fg">
          <legend>
            Price
            <span>{own === undefined ? 'any' : filterValueWords(own, listNames)}</span>
          </legend>
          <p className="meta">No price in {inUse} is known of these creators.</p>
        </fieldset>
      ) : (
        <RangeHistogram
          title="Price"
          note={own === undefined ? `any, ${inUse}` : filterValueWords(own, listNames)}
          bins={bins}
          value={[minor(own?.minMinor), own?.maxMinor === undefined ? null : Number(own.maxMinor) + 1]}
          format={(edge) => formatMoney({ amountMinor: String(edge), currency: inUse })}
          onChange={settle}
        />
      )}
      <button type="button" className="link bare more" onClick={() => setOpen(true)}>
        Currency, format and estimates
      </button>
      {isOpen && (
        <FilterDialog
          field="price"
          filter={own ?? null}
          listNames={listNames}
          onClose={() => setOpen(false)}
          onSave={save}
        />
      )}
    </div>
  );
}

/** The bins from the first to the last that has anybody in it. */
function priceBins(facet: Extract<Facet, { kind: 'histogram' }> | undefined) {
  const bins = facet?.bins ?? [];
  const first = bins.findIndex((bin) => bin.count > 0);
  const last = bins.findLastIndex((bin) => bin.count > 0);
  if (first < 0) return [];
  return bins
    .slice(first, last + 1)
    .map(({ from, to, count }) => ({ from: from ?? 0, to: to ?? (from ?? 0) * 2, count }));
}
