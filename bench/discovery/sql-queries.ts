import type { Filter } from '../../src/modules/discovery/api.ts';
import { type BenchQuery, benchFacets, pageLimit } from './queries.ts';

interface Statement {
  text: string;
  values: unknown[];
}

/**
 * The same question to the flat table in one statement: page, total and exact counts, each facet without its own filter, persons counted once.
 * Facets that no filter is on share one reading of the hits.
 */
export function sqlOf(query: BenchQuery): Statement {
  const values: unknown[] = [];
  const put = (value: unknown) => `$${values.push(value)}`;
  const words = query.text === null ? [] : [`words @@ to_tsquery('simple', ${put(query.text.split(' ').join(' & '))})`];
  const conditions = query.filters.map((filter) => ({ field: filter.field, sql: conditionOf(filter, put) }));
  const where = (without: string | null) =>
    [...words, ...conditions.filter((one) => one.field !== without).map((one) => one.sql)].join(' and ');
  const filtered = new Set(query.filters.map((filter) => filter.field));
  const counts = benchFacets.map((field) => {
    const source = filtered.has(field) ? `(select * from bench.creator where ${where(field)}) other` : 'hits';
    const list = field === 'niche' ? 'niches' : field === 'language' ? 'languages' : null;
    const value = list === null ? field : 'value';
    const from = list === null ? source : `${source} cross join unnest(${list}) as value`;
    return `select '${field}', ${value}, count(distinct person) from ${from} group by ${value}`;
  });
  return {
    text: `with hits as materialized (select * from bench.creator where ${where(null)})
      select 'page' as kind, row_to_json(page)::text as value, 0 as n from (
        select * from (select distinct on (person) * from hits order by person, followers desc) one order by followers desc, person limit ${pageLimit}
      ) page
      union all select 'total', null, count(distinct person) from hits
      union all ${counts.join(' union all ')}`,
    values,
  };
}

function conditionOf(filter: Filter, put: (value: unknown) => string): string {
  const { field } = filter;
  if (filter.op === 'in') {
    if (field === 'niche') return `niches && ${put(filter.values)}::text[]`;
    return `${field} = any(${put(filter.values)}::text[])`;
  }
  const column = field === 'engagementRate' ? 'engagement_rate' : field;
  if (filter.op === 'gte') return `${column} >= ${put(filter.value)}`;
  if (filter.op === 'range') return `${column} between ${put(filter.min)} and ${put(filter.max)}`;
  throw new Error(`The bench asks nothing with ${filter.op}.`);
}
