import { type RawBuilder, sql } from 'kysely';
import type { Filter, SearchQuery } from '../api.ts';
import type { Place } from '../rules/search-cursor.ts';
import type { CountedFacet, FacetPlan } from './compile-facets.ts';
import { isAfter, type Order, orderBy, sortKey } from './compile-order.ts';
import type { SqlGroup } from './compile-tests.ts';
import type { NearPersons } from './near-vectors.ts';

/** A question in the parts a statement is made of. */
export interface Asked {
  workspaceId: string;
  groups: readonly SqlGroup[];
  filters: readonly Filter[];
  /** Persons whose words match, with their weight; null when no words are searched. */
  text: RawBuilder<unknown> | null;
  /** Those with a vector, when nearness is asked for. */
  near: NearPersons | null;
  order: Order;
  calculation: SearchQuery['calculation'];
  after: Place | null;
  limit: number;
  facets: readonly FacetPlan[];
  /** Whether the suppressed are among the hits. */
  withSuppressed: boolean;
  /** Values listed of a facet; null for all. */
  valuesMax: number | null;
}

/** What the statement answers, as JSON. */
export interface Answered {
  /** One row more than the limit when there are more. */
  page: { personId: string; place: number; figure: number | null; text: string | null }[];
  total: number;
  indexed: number;
  leftOut: number;
  /** Persons left out by field, in the order of the groups. */
  unknown: number[];
  facets: CountedFacet[];
}

/** One statement that answers a search as one moment sees it: page, total, what is left out, and every facet. */
export function searchStatement(asked: Asked): RawBuilder<Answered> {
  const { order, workspaceId, groups } = asked;
  const parts: RawBuilder<unknown>[] = [];
  if (asked.near !== null)
    parts.push(
      sql`near as materialized (
        select given.person_id collate "C" as person_id, given.cosine
        from unnest(${asked.near.personIds}::text[], ${asked.near.cosines}::float8[]) given (person_id, cosine))`,
    );
  if (asked.text !== null) parts.push(sql`texted as materialized (${asked.text})`);
  parts.push(sql`m as materialized (${matchingRows(asked)})`);
  parts.push(
    sql`best as materialized (select distinct on (person_id) * from m order by person_id, ${orderBy(order.direction)}, place)`,
  );
  const after = asked.after === null ? sql`` : sql`where ${isAfter(asked.after, order.direction)}`;
  parts.push(
    sql`page as materialized (
      select person_id, place, kn, kt, row_number() over (order by ${orderBy(order.direction)}, person_id) as rank
      from best ${after} order by ${orderBy(order.direction)}, person_id limit ${asked.limit + 1})`,
  );
  if (groups.length > 0) parts.push(sql`maybe as materialized (${leftOutRows(asked)})`);
  asked.facets.forEach((plan, at) => {
    parts.push(...facetParts(asked, plan, at));
  });
  const unknown = groups.map((_, at) => sql`count(distinct person_id) filter (where ${sql.ref(`u${at}`)})`);
  const leftOut =
    groups.length === 0
      ? sql`'[0]'::json`
      : sql`(select json_build_array(count(distinct person_id), ${sql.join(unknown)}) from maybe)`;
  const facets = asked.facets.map((plan, at) => facetAnswer(asked, plan, at));
  return sql<Answered>`
    with ${sql.join(parts)}
    select
      (select coalesce(json_agg(json_build_object('personId', person_id, 'place', place, 'figure', kn, 'text', kt) order by rank), '[]') from page) as page,
      (select count(*) from best)::float8 as total,
      (select count(*) from search_person where workspace_id = ${workspaceId})::float8 as indexed,
      ${leftOut} as left_out,
      json_build_array(${sql.join(facets)}) as facets`;
}

/** Rows of persons, profiles and, as far as they are asked about, words; without the suppressed unless these are asked for. */
function base(asked: Asked): RawBuilder<unknown> {
  const { workspaceId, groups } = asked;
  const texted = asked.text === null ? sql`` : sql`join texted t on t.person_id = r.person_id`;
  const near = asked.near === null ? sql`` : sql`join near n on n.person_id = r.person_id`;
  const words = groups.some((group) => group.needsWords)
    ? sql`join search_text x on x.workspace_id = r.workspace_id and x.person_id = r.person_id and x.workspace_id = ${workspaceId}`
    : sql``;
  const open = asked.withSuppressed ? sql`` : sql`and not p.suppressed`;
  return sql`
    from search_profile r
    join search_person p on p.workspace_id = r.workspace_id and p.person_id = r.person_id
    ${texted} ${near} ${words}
    where r.workspace_id = ${workspaceId} and p.workspace_id = ${workspaceId} ${open}`;
}

function holding(groups: readonly SqlGroup[]): RawBuilder<unknown> {
  return sql.join(
    groups.flatMap((group) => [group.holds, ...group.narrow]).map((test) => sql` and ${test}`),
    sql``,
  );
}

function matchingRows(asked: Asked): RawBuilder<unknown> {
  const key = sortKey(asked.order, {
    hasText: asked.text !== null,
    isNear: asked.near !== null,
    filters: asked.filters,
    calculation: asked.calculation,
  });
  const inputs = asked.facets.flatMap((plan, at) =>
    plan.kind === 'lists' || isFiltered(asked, plan) ? [] : [sql`, ${plan.input} as ${sql.ref(`f${at}`)}`],
  );
  return sql`select r.person_id, r.place, ${key.figure} as kn, ${key.text} as kt ${sql.join(inputs, sql``)} ${base(asked)} ${holding(asked.groups)}`;
}

/** Rows that nothing rejects, of persons that do not match since something is not known; by group, whether it is that. */
function leftOutRows(asked: Asked): RawBuilder<unknown> {
  const { groups } = asked;
  const unknown = groups.map((group, at) => sql`${group.holds} is null as ${sql.ref(`u${at}`)}`);
  const may = groups.map((group) => sql` and ${group.mayHold}`);
  const all = sql.join(
    groups.map((group) => group.holds),
    sql` and `,
  );
  return sql`
    select r.person_id, ${sql.join(unknown)} ${base(asked)} ${sql.join(may, sql``)} and (${all}) is null
    and not exists (select from best where best.person_id = r.person_id)`;
}

function isFiltered(asked: Asked, plan: FacetPlan): boolean {
  return asked.groups.some((group) => group.field === plan.field);
}

/** Where a facet counts: the hits, or, past its own filters, rows of its own. */
interface Source {
  table: RawBuilder<unknown>;
  input: RawBuilder<unknown>;
  /** One row a person. */
  isUnique: boolean;
}

function sourceOf(asked: Asked, plan: FacetPlan, at: number): Source {
  if (isFiltered(asked, plan)) return { table: sql.ref(`g${at}`), input: sql.ref(`s.f${at}`), isUnique: plan.isPerson };
  return { table: plan.isPerson ? sql`best` : sql`m`, input: sql.ref(`s.f${at}`), isUnique: plan.isPerson };
}

/** Whether a person has several values at once. */
function isListed(plan: FacetPlan): boolean {
  return plan.kind === 'values' || plan.kind === 'prices';
}

function facetParts(asked: Asked, plan: FacetPlan, at: number): RawBuilder<unknown>[] {
  const parts: RawBuilder<unknown>[] = [];
  if (isFiltered(asked, plan)) {
    const others = asked.groups.filter((group) => group.field !== plan.field);
    const input = plan.kind === 'lists' ? sql`null` : plan.input;
    const once = plan.isPerson ? sql`distinct on (r.person_id)` : sql``;
    parts.push(
      sql`${sql.ref(`g${at}`)} as materialized (select ${once} r.person_id, ${input} as ${sql.ref(`f${at}`)} ${base(asked)} ${holding(others)})`,
    );
  }
  const { table, input, isUnique } = sourceOf(asked, plan, at);
  const counted = sql.ref(`c${at}`);
  if (plan.kind === 'lists') {
    parts.push(
      sql`${counted} as materialized (
        select member.list_id as value, count(*) as n from list_member member
        join list own on own.workspace_id = member.workspace_id and own.id = member.list_id and own.archived_at is null
        where member.workspace_id = ${asked.workspaceId} and own.workspace_id = ${asked.workspaceId}
        and member.person_id in (select s.person_id from ${table} s)
        group by member.list_id)`,
    );
    return parts;
  }
  const each = isListed(plan) ? sql`cross join lateral unnest(${input}) own (value)` : sql``;
  const value = isListed(plan) ? sql`own.value` : input;
  const known = isListed(plan) ? sql`` : sql`where ${input} is not null`;
  parts.push(
    isUnique
      ? sql`${counted} as materialized (select ${value} as value, count(*) as n from ${table} s ${each} ${known} group by 1)`
      : sql`${counted} as materialized (
          select one.value, count(*) as n from (select distinct s.person_id, ${value} as value from ${table} s ${each} ${known}) one
          group by one.value)`,
  );
  return parts;
}

function facetAnswer(asked: Asked, plan: FacetPlan, at: number): RawBuilder<unknown> {
  const { table, input, isUnique } = sourceOf(asked, plan, at);
  const counted = sql.ref(`c${at}`);
  const persons = isUnique ? sql`count(*)` : sql`count(distinct s.person_id)`;
  const isShare = plan.kind === 'values' && plan.leastShare !== undefined;
  const isKnown = isListed(plan) && !isShare ? sql`cardinality(${input}) > 0` : sql`${input} is not null`;
  const known =
    plan.kind === 'lists'
      ? sql`select json_build_array(0, 0)`
      : sql`select json_build_array(${persons}, ${persons} filter (where ${isKnown})) from ${table} s`;
  return sql`json_build_object('counts', (${countsOf(asked, plan, counted)}), 'distinct', (select count(*) from ${counted}), 'of', (${known}))`;
}

function countsOf(asked: Asked, plan: FacetPlan, counted: RawBuilder<unknown>): RawBuilder<unknown> {
  const limit = asked.valuesMax === null ? sql`` : sql`limit ${asked.valuesMax}`;
  if (plan.kind === 'values')
    return sql`
      select coalesce(json_agg(json_build_array(top.shown, top.n) order by top.n desc, top.shown_order collate "C"), '[]') from (
        select known.shown, known.shown_order, one.n from ${counted} one
        join search_value known on known.workspace_id = ${asked.workspaceId} and known.field = ${plan.field} and known.value = one.value
        order by one.n desc, known.shown_order collate "C" ${limit}) top`;
  if (plan.kind === 'lists')
    return sql`
      select coalesce(json_agg(json_build_array(top.value, top.n) order by top.n desc, top.value collate "C"), '[]') from (
        select one.value, one.n from ${counted} one order by one.n desc, one.value collate "C" ${limit}) top`;
  return sql`select coalesce(json_agg(json_build_array(one.value, one.n)), '[]') from ${counted} one`;
}

/** Reads the row of the statement. */
export function readAnswered(row: Record<string, unknown>): Answered {
  const leftOut = row.left_out as number[];
  const facets = row.facets as { counts: [string | number, number][]; distinct: number; of: [number, number] }[];
  return {
    page: row.page as Answered['page'],
    total: Number(row.total),
    indexed: Number(row.indexed),
    leftOut: leftOut[0] ?? 0,
    unknown: leftOut.slice(1),
    facets: facets.map(({ counts, distinct, of }) => ({ counts, distinct, persons: of[0], known: of[1] })),
  };
}
