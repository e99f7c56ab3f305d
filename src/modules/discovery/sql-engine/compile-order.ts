import { type RawBuilder, sql } from 'kysely';
import { type Filter, fieldUnder, type SearchQuery } from '../api.ts';
import { fieldOf } from '../rules/field-kind.ts';
import { shareWhole } from '../rules/indexed-creator.ts';
import type { Place } from '../rules/search-cursor.ts';
import { columnOf, factOf, float } from './columns.ts';
import { shareOf } from './compile-tests.ts';
import { orderKey, storable } from './order-key.ts';

/** What hits are sorted by; without an order of their own by relevance or size. */
export type Order = NonNullable<SearchQuery['sort']>;

/** What hits are sorted by, of which one at most is known: figures come before texts, in both directions. */
export interface SortKey {
  figure: RawBuilder<unknown>;
  text: RawBuilder<unknown>;
}

const noFigure = sql`null::float8`;
const noText = sql`null::text collate "C"`;

/** The key of a row: statements name search_person p, search_profile r and, when asked for, texted t and near n. */
export function sortKey(
  order: Order,
  asked: { hasText: boolean; isNear: boolean; filters: readonly Filter[]; calculation: SearchQuery['calculation'] },
): SortKey {
  const field = fieldUnder(order.field, asked.calculation);
  const figure = (value: RawBuilder<unknown>): SortKey => ({ figure: value, text: noText });
  const text = (value: RawBuilder<unknown>): SortKey => ({ figure: noFigure, text: value });
  if (field === 'relevance') return figure(asked.isNear ? sql`n.cosine` : asked.hasText ? sql`t.weight` : float(0));
  if (field === 'name') return text(sql`p.name`);
  if (field === 'handle') return text(sql`r.handle`);
  if (field === 'creator') return text(sql`p.person_id`);
  if (field === 'tier') return figure(sql`r.followers`);
  const fact = factOf(field);
  if (fact !== null) return factKey(fact);
  const kind = fieldOf(field)?.kind;
  if (kind === 'share') {
    const filter = asked.filters.find((one) => one.op === 'share' && one.field === field && one.not !== true);
    const share = filter?.op === 'share' ? shareOf(filter) : null;
    return figure(share === null ? noFigure : sql`${share} / ${float(shareWhole)}`);
  }
  const column = columnOf(field)?.ref;
  if (column === undefined) return figure(noFigure);
  if (kind === 'flag') return figure(sql`${column}::int::float8`);
  if (kind === 'number' || kind === 'date') return figure(column);
  return text(sql`(select min(own.value) from unnest(${column}) own (value))`);
}

function factKey(fact: string): SortKey {
  const figure = sql`coalesce((p.fact_numbers -> ${fact})::float8, (p.fact_flags -> ${fact})::boolean::int::float8)`;
  return {
    figure,
    text: sql`case when ${figure} is null then (
      select min(own.value collate "C") from jsonb_array_elements_text(p.fact_sets -> ${fact}) own (value)) end`,
  };
}

/** Unknown last whatever the direction, figures before texts; ties are for the caller to break. For a table with columns kn and kt. */
export function orderBy(direction: Order['direction']): RawBuilder<unknown> {
  const way = direction === 'asc' ? sql`asc` : sql`desc`;
  return sql`(kn is null and kt is null), (kn is null), kn ${way}, kt collate "C" ${way}`;
}

/** Whether a row with kn, kt and person_id comes after the place of a cursor. */
export function isAfter(place: Place, direction: Order['direction']): RawBuilder<unknown> {
  const later = sql`person_id > ${storable(place.personId)}`;
  const sign = direction === 'asc' ? sql`>` : sql`<`;
  const { key } = place;
  if (key === null) return sql`(kn is null and kt is null and ${later})`;
  if (typeof key === 'number')
    return sql`(kn is null or kn ${sign} ${float(key)} or (kn = ${float(key)} and ${later}))`;
  const text = sql`${orderKey(key)}::text`;
  return sql`(kn is null and (kt is null or kt collate "C" ${sign} ${text} or (kt = ${text} and ${later})))`;
}
