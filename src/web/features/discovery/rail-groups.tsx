import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Facet, Filter, SearchAnswer } from '#modules/discovery/api.ts';
import { FacetList } from '#web/ui/facet-list.tsx';
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

/**
 * Countries of the audience. The index keeps shares of audiences, which have no counts until a least share is asked for, so values stand without
 * any: the countries most creators found are in come first, for their audiences are likely there too.
 */
export function AudienceGroup({ answer, filters, onChange, listNames }: Props) {
  const [isOpen, setOpen] = useState(false);
  const isOwn = (filter: Filter) => filter.field === audienceField && filter.op === 'share' && !isNegated(filter);
  const own = filters.find(isOwn);
  const chosen = own?.op === 'share' ? own.values : [];
  const countries = answer?.facets.find(
    (facet): facet is Extract<Facet, { kind: 'values' }> => facet.field === 'country',
  );
  const known = (countries?.kind === 'values' ? countries.values : []).map(({ value }) => value.toUpperCase());
  const values = [...new Set([...known, ...chosen])];
  if (values.length === 0) return null;
  const min = own?.op === 'share' ? (own.min ?? leastShare(audienceField)) : leastShare(audienceField);
  const save = (next: Filter | null) => onChange(withFilter(filters, isOwn, next));
  return (
    <div>
      <FacetList
        title="Audience in"
        note={`${formatValue('adultShare', min)} or more`}
        facets={values.map((value) => ({ value, count: null, label: valueLabel(audienceField, value, listNames) }))}
        chosen={chosen}
        onChange={(next) => save(next.length === 0 ? null : { field: audienceField, op: 'share', values: next, min })}
      />
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

/** What is asked of prices; they come in several currencies and formats, so the filter is set in its dialog. */
export function PriceGroup({ filters, onChange, listNames }: Props) {
  const [isOpen, setOpen] = useState(false);
  const isOwn = (filter: Filter) => filter.op === 'price';
  const own = filters.find(isOwn);
  const save = (next: Filter | null) => onChange(withFilter(filters, isOwn, next));
  return (
    <fieldset className="fg">
      <legend>
        Price
        <span>{own === undefined ? 'any' : filterValueWords(own, listNames)}</span>
      </legend>
      <Button size="compact-sm" onClick={() => setOpen(true)}>
        {own === undefined ? 'Set a price' : 'Change'}
      </Button>
      {isOpen && (
        <FilterDialog
          field="price"
          filter={own ?? null}
          listNames={listNames}
          onClose={() => setOpen(false)}
          onSave={save}
        />
      )}
    </fieldset>
  );
}
