import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Filter } from '#modules/discovery/api.ts';
import { FilterChips } from '#web/ui/filter-chips.tsx';
import { FilterDialog } from './filter-dialog.tsx';
import { fieldLabel, fieldNames, filterValueWords, isNegated } from './filter-words.ts';

interface Props {
  filters: Filter[];
  onChange: (filters: Filter[]) => void;
  listNames: ReadonlyMap<string, string>;
}

const offered = fieldNames.filter((field) => field !== 'creator' && field !== 'owner');

/** The filters in force as chips one can open, and the menu that adds one. */
export function FilterBar({ filters, onChange, listNames }: Props) {
  const [edited, setEdited] = useState<{ field: string; at: number | null } | null>(null);
  const chips = filters.map((filter, at) => ({
    id: `${at} ${JSON.stringify(filter)}`,
    name: isNegated(filter) ? `Not ${fieldLabel(filter.field).toLowerCase()}` : fieldLabel(filter.field),
    value: filterValueWords(filter, listNames),
    isNot: isNegated(filter),
    onRemove: () => onChange(filters.filter((_, other) => other !== at)),
    ...(filter.op === 'known' || filter.field === 'creator'
      ? {}
      : { onEdit: () => setEdited({ field: filter.field, at }) }),
  }));
  const add = (
    <Menu position="bottom-start" width={220} shadow="md">
      <Menu.Target>
        <Button size="compact-md" leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}>
          Filter
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="discover-menu">
        {offered.map((field) => (
          <Menu.Item key={field} onClick={() => setEdited({ field, at: null })}>
            {fieldLabel(field)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
  return (
    <>
      <FilterChips chips={chips} onClear={() => onChange([])} add={add} />
      {edited !== null && (
        <FilterDialog
          key={`${edited.field} ${edited.at}`}
          field={edited.field}
          filter={edited.at === null ? null : (filters[edited.at] ?? null)}
          listNames={listNames}
          onClose={() => setEdited(null)}
          onSave={(next) =>
            onChange(
              edited.at === null ? [...filters, next] : filters.map((filter, at) => (at === edited.at ? next : filter)),
            )
          }
        />
      )}
    </>
  );
}
