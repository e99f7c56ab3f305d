import { Button } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import type { Facet, Filter, SearchAnswer } from '#modules/discovery/api.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FacetList } from '#web/ui/facet-list.tsx';
import { RangeHistogram } from '#web/ui/range-histogram.tsx';
import {
  chosenValues,
  fieldLabel,
  filterValueWords,
  formatValue,
  isNegated,
  valueLabel,
  withFilter,
} from './filter-words.ts';
import { AudienceGroup, PriceGroup } from './rail-groups.tsx';

interface Props {
  answer: SearchAnswer | undefined;
  filters: Filter[];
  onChange: (filters: Filter[]) => void;
  listNames: ReadonlyMap<string, string>;
  onEditTiers: () => void;
}

const order = [
  'format',
  'platform',
  'followers',
  'tier',
  'engagementRate',
  'audience.country',
  'audienceCredibility',
  'price',
  'niche',
  'country',
  'language',
  'lastPost',
  'hasEmail',
  'list',
];
const postedWithin: Record<string, number> = { '7 days': 7, '30 days': 30, '90 days': 90, '1 year': 365 };

/** Counts of what is there, live, and the filters that narrow it. */
export function FilterRail(props: Props) {
  const canEdit = useCan('discovery:write');
  const facets = new Map((props.answer?.facets ?? []).map((facet) => [facet.field, facet]));
  const hasCreators = (props.answer?.indexed ?? 0) > 0;
  return (
    <div className="discover-rail-in">
      {order.map((field) => {
        if (hasCreators && field === 'audience.country') return <AudienceGroup key={field} {...props} />;
        if (hasCreators && field === 'price') return <PriceGroup key={field} {...props} />;
        const facet = facets.get(field);
        if (facet === undefined || isIdle(facet, props.filters)) return null;
        if (facet.kind === 'histogram') return <RangeGroup key={field} facet={facet} {...props} />;
        if (field === 'lastPost') return <PostedGroup key={field} facet={facet} {...props} />;
        if (field === 'hasEmail') return <FlagGroup key={field} facet={facet} {...props} />;
        return <ValueGroup key={field} facet={facet} {...props} />;
      })}
      {canEdit && hasCreators && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} aria-hidden />}
          onClick={props.onEditTiers}
        >
          Edit tiers
        </Button>
      )}
    </div>
  );
}

/** Nothing to choose from, and nothing chosen. */
function isIdle(facet: Facet, filters: readonly Filter[]): boolean {
  if (filters.some((filter) => filter.field === facet.field)) return false;
  if (facet.kind === 'values') return facet.values.length === 0;
  // One bar says nothing one could narrow.
  return facet.bins.length < 2 || facet.bins.every((bin) => bin.count === 0);
}

type Group<Kind extends Facet['kind']> = Props & { facet: Extract<Facet, { kind: Kind }> };

function ValueGroup({ facet, filters, onChange, listNames }: Group<'values'>) {
  const { field } = facet;
  const chosen = chosenValues(filters, field);
  const missing = chosen.filter(
    (value) => !facet.values.some((one) => one.value.toLowerCase() === value.toLowerCase()),
  );
  const values = [...facet.values, ...missing.map((value) => ({ value, count: 0 }))];
  const isOwn = (filter: Filter) => filter.field === field && filter.op === 'in' && !isNegated(filter);
  return (
    <FacetList
      title={fieldLabel(field)}
      facets={values.map(({ value, count }) => ({ value, count, label: valueLabel(field, value, listNames) }))}
      chosen={chosen}
      onChange={(next) =>
        onChange(withFilter(filters, isOwn, next.length === 0 ? null : { field, op: 'in', values: next }))
      }
    />
  );
}

function PostedGroup({ facet, filters, onChange, listNames }: Group<'values'>) {
  const own = filters.find((filter) => filter.field === 'lastPost' && filter.op === 'within');
  const days = own?.op === 'within' ? own.days : null;
  let sum = 0;
  // Buckets come apart; "within 90 days" is all up to there.
  const upTo = Object.entries(postedWithin).map(([name, within]) => {
    sum += facet.values.find((one) => one.value === name)?.count ?? 0;
    return { value: String(within), label: within === 365 ? 'a year' : name, count: sum };
  });
  const isOwn = (filter: Filter) => filter.field === 'lastPost';
  return (
    <FacetList
      title="Posted within"
      {...(own === undefined ? {} : { note: filterValueWords(own, listNames) })}
      facets={upTo}
      chosen={days === null ? [] : [String(days)]}
      onChange={(next) => {
        const chosen = next.find((value) => value !== String(days));
        onChange(
          withFilter(
            filters,
            isOwn,
            chosen === undefined ? null : { field: 'lastPost', op: 'within', days: Number(chosen) },
          ),
        );
      }}
    />
  );
}

function FlagGroup({ facet, filters, onChange, listNames }: Group<'values'>) {
  const { field } = facet;
  const own = filters.find((filter) => filter.field === field && filter.op === 'is');
  const chosen = own?.op === 'is' ? [String(own.value)] : [];
  return (
    <FacetList
      title={fieldLabel(field)}
      facets={facet.values.map(({ value, count }) => ({ value, count, label: valueLabel(field, value, listNames) }))}
      chosen={chosen}
      onChange={(next) => {
        const value = next.find((one) => !chosen.includes(one));
        onChange(
          withFilter(
            filters,
            (filter) => filter.field === field,
            value === undefined ? null : { field, op: 'is', value: value === 'true' },
          ),
        );
      }}
    />
  );
}

function RangeGroup({ facet, filters, onChange, listNames }: Group<'histogram'>) {
  const { field } = facet;
  const isOwn = (filter: Filter) => filter.field === field && filter.op === 'range' && !isNegated(filter);
  const own = filters.find(isOwn);
  // A share ends at 100 %.
  const isPart = /credibility$|share$/i.test(field);
  const last = facet.bins.at(-1)?.from ?? 0;
  const isWhole = field === 'followers';
  const bins = facet.bins.map((bin) => ({
    from: bin.from ?? 0,
    to: bin.to ?? (isPart ? 1 : last * 1.5),
    count: bin.count,
  }));
  const value: [number | null, number | null] = own?.op === 'range' ? [own.min ?? null, own.max ?? null] : [null, null];
  return (
    <RangeHistogram
      title={fieldLabel(field)}
      {...(own === undefined ? {} : { note: filterValueWords(own, listNames) })}
      bins={bins}
      value={value}
      format={(edge) => (edge > last && !isPart ? `${formatValue(field, last)}+` : formatValue(field, edge))}
      onChange={([min, max]) => {
        // Bins end before their upper edge; so does the filter where values are whole.
        const upTo = max === null ? null : isWhole ? max - 1 : max;
        const next =
          min === null && upTo === null
            ? null
            : {
                field,
                op: 'range' as const,
                ...(min === null ? {} : { min }),
                ...(upTo === null ? {} : { max: upTo }),
              };
        onChange(withFilter(filters, isOwn, next));
      }}
    />
  );
}
