import type pg from 'pg';
import {
  figureNames,
  identityNames,
  type PersonState,
  type ProfileState,
  personFieldNames,
  personSetNames,
} from '../rules/creator-state.ts';
import type { FieldValue } from '../rules/merge-fields.ts';
import { type CopyValue, copyRows } from './copy-text.ts';

export interface PersonWrite {
  id: string;
  isNew: boolean;
  state: PersonState;
}

export interface ProfileWrite {
  id: string;
  personId: string;
  platform: string;
  handleKey: string;
  isNew: boolean;
  state: ProfileState;
  rowHash: Buffer | null;
  source: string;
}

export interface HistoryWrite {
  profileId: string;
  day: string;
  source: string;
  observedAt: string;
  figures: Record<string, FieldValue>;
}

// Temporary tables live as long as the pooled connection and are emptied by each commit: making them anew per batch would bloat the catalogue.
const temporaryTables = `
  create temp table if not exists creators_in_person (id text, is_new boolean, name text, country text, region text, city text, website text, gender text,
    age smallint, is_open_to_gifting boolean, contact_type text, languages text[], emails text[], phones text[], niches text[], tags text[], interests text[], contacts text[], custom jsonb, provenance jsonb) on commit delete rows;
  create temp table if not exists creators_in_profile (id text, person_id text, platform text, handle_key text, is_new boolean, row_hash text, source text,
    handle text, external_id text, url text, display_name text, bio text, website text, category text, account_type text, is_private boolean, is_verified boolean, is_official_artist boolean,
    provenance jsonb, followers bigint, following bigint, post_count bigint, avg_likes float8, avg_comments float8, avg_views float8, avg_shares float8,
    avg_saves float8, engagement_rate float8, last_post_at timestamptz, audience jsonb, figure_provenance jsonb) on commit delete rows;
  create temp table if not exists creators_in_history (profile_id text, day date, source text, observed_at timestamptz, followers bigint, following bigint,
    post_count bigint, avg_likes float8, avg_comments float8, avg_views float8, avg_shares float8, avg_saves float8, engagement_rate float8) on commit delete rows;`;

const personColumns =
  'name, country, region, city, website, gender, age, is_open_to_gifting, contact_type, languages, emails, phones, niches, tags, interests, contacts, custom, provenance';
const identityColumns =
  'handle, external_id, url, display_name, bio, website, category, account_type, is_private, is_verified, is_official_artist';
const figureColumns =
  'followers, following, post_count, avg_likes, avg_comments, avg_views, avg_shares, avg_saves, engagement_rate, last_post_at, audience';
const historyColumns = [
  'followers',
  'following',
  'post_count',
  'avg_likes',
  'avg_comments',
  'avg_views',
  'avg_shares',
  'avg_saves',
  'engagement_rate',
];

const assign = (columns: string, from: string) =>
  columns
    .split(', ')
    .map((column) => `${column} = ${from}.${column}`)
    .join(', ');

const insertPersons = `insert into person (workspace_id, id, created_at, updated_at, ${personColumns})
  select $1, id, $2::timestamptz, $2::timestamptz, ${personColumns} from creators_in_person where is_new`;
const updatePersons = `update person p set updated_at = $2::timestamptz, ${assign(personColumns, 'i')}
  from creators_in_person i where not i.is_new and p.workspace_id = $1 and p.id = i.id`;
const insertProfiles = `insert into profile (workspace_id, id, person_id, platform, handle_key, source, source_row_hash, created_at, updated_at, ${identityColumns}, provenance)
  select $1, id, person_id, platform, handle_key, source, decode(row_hash, 'hex'), $2::timestamptz, $2::timestamptz, ${identityColumns}, provenance
  from creators_in_profile where is_new`;
const updateProfiles = `update profile p set updated_at = $2::timestamptz, source_row_hash = coalesce(decode(i.row_hash, 'hex'), p.source_row_hash),
  provenance = i.provenance, ${assign(identityColumns, 'i')}
  from creators_in_profile i where not i.is_new and p.workspace_id = $1 and p.id = i.id`;
const insertMetrics = `insert into profile_metric (workspace_id, profile_id, updated_at, ${figureColumns}, provenance)
  select $1, id, $2::timestamptz, ${figureColumns}, figure_provenance from creators_in_profile where is_new`;
const updateMetrics = `update profile_metric m set updated_at = $2::timestamptz, provenance = i.figure_provenance, ${assign(figureColumns, 'i')}
  from creators_in_profile i where not i.is_new and m.workspace_id = $1 and m.profile_id = i.id`;
// The same rule as mergeFields: the later statement holds, of one instant the greater value, and what is not known gives way.
const upsertHistory = `insert into metric_history as h (workspace_id, profile_id, day, source, observed_at, ${historyColumns.join(', ')})
  select $1, profile_id, day, source, observed_at, ${historyColumns.join(', ')} from creators_in_history where true
  on conflict (workspace_id, profile_id, day, source) do update set observed_at = greatest(h.observed_at, excluded.observed_at),
  ${historyColumns
    .map(
      (
        column,
      ) => `${column} = case when excluded.observed_at > h.observed_at then coalesce(excluded.${column}, h.${column})
    when excluded.observed_at < h.observed_at then coalesce(h.${column}, excluded.${column}) else greatest(h.${column}, excluded.${column}) end`,
    )
    .join(', ')}`;

/** Months back by which growth is told, and how many days an observation may lie from the wished day. */
const updateGrowthOf = (figure: string, target: string) => `with latest as (
    select distinct on (profile_id) profile_id, day, ${figure} from metric_history
    where workspace_id = $1 and profile_id = any($2::text[]) and ${figure} is not null
    order by profile_id, day desc, observed_at desc, source
  ), grown as (
    select l.profile_id, jsonb_object_agg('m' || months, case when past.${figure} > 0 then round((l.${figure}::numeric / past.${figure}::numeric) - 1, 6) end) as growth,
      bool_or(past.${figure} > 0) as is_known
    from latest l cross join generate_series(1, 6) as months
    left join lateral (
      select ${figure} from metric_history h
      where h.workspace_id = $1 and h.profile_id = l.profile_id and h.${figure} is not null and h.day < l.day
        and h.day between (l.day - make_interval(months => months))::date - 15 and (l.day - make_interval(months => months))::date + 15
      order by abs(h.day - (l.day - make_interval(months => months))::date), h.day desc, h.observed_at desc, h.source limit 1
    ) past on true
    group by l.profile_id
  )
  update profile_metric m set ${target} = case when grown.is_known then grown.growth end
  from grown where m.workspace_id = $1 and m.profile_id = grown.profile_id
    and m.${target} is distinct from case when grown.is_known then grown.growth end`;
const updateGrowths = [
  updateGrowthOf('followers', 'growth'),
  updateGrowthOf('avg_likes', 'likes_growth'),
  updateGrowthOf('avg_views', 'views_growth'),
];

export interface CreatorWrites {
  workspaceId: string;
  now: Date;
  persons: PersonWrite[];
  profiles: ProfileWrite[];
  history: HistoryWrite[];
  /** Profiles that have more than one day of history after this. */
  growing: string[];
}

/** Writes persons, profiles, figures and history of a batch, set-based, in the open transaction of the client. */
export async function writeCreators(client: pg.PoolClient, writes: CreatorWrites): Promise<void> {
  const { workspaceId, now } = writes;
  await client.query(temporaryTables);
  await copyRows(client, 'creators_in_person', writes.persons.map(personCells));
  await copyRows(client, 'creators_in_profile', writes.profiles.map(profileCells));
  await copyRows(client, 'creators_in_history', writes.history.map(historyCells));
  const parameters = [workspaceId, now];
  const anyOld = writes.persons.some((person) => !person.isNew);
  if (writes.persons.some((person) => person.isNew)) await client.query(insertPersons, parameters);
  if (anyOld) await client.query(updatePersons, parameters);
  if (writes.profiles.some((profile) => profile.isNew)) {
    await client.query(insertProfiles, parameters);
    await client.query(insertMetrics, parameters);
  }
  if (writes.profiles.some((profile) => !profile.isNew)) {
    await client.query(updateProfiles, parameters);
    await client.query(updateMetrics, parameters);
  }
  if (writes.history.length > 0) await client.query(upsertHistory, [workspaceId]);
  if (writes.growing.length === 0) return;
  for (const update of updateGrowths) await client.query(update, [workspaceId, writes.growing]);
}

/** Keys by which the sender knows persons. */
export async function writePersonKeys(
  client: pg.PoolClient,
  keys: { workspaceId: string; scope: string; entries: { key: string; personId: string }[] },
): Promise<void> {
  if (keys.entries.length === 0) return;
  await client.query(
    `insert into person_key (workspace_id, scope, key, person_id) select $1, $2, * from unnest($3::text[], $4::text[])
     on conflict (workspace_id, scope, key) do nothing`,
    [keys.workspaceId, keys.scope, keys.entries.map((entry) => entry.key), keys.entries.map((entry) => entry.personId)],
  );
}

function personCells({ id, isNew, state }: PersonWrite): CopyValue[] {
  const { values, stamps } = state.fields;
  const custom = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.startsWith('custom.') && value !== null ? [[name.slice(7), value]] : [],
    ),
  );
  const fields = personFieldNames.map((name) => scalar(values[name]));
  return [
    id,
    isNew,
    ...fields,
    ...personSetNames.map((name) => state.sets[name] ?? []),
    JSON.stringify(custom),
    JSON.stringify(stamps),
  ];
}

function profileCells(write: ProfileWrite): CopyValue[] {
  const { identity, figures } = write.state;
  const head = [
    write.id,
    write.personId,
    write.platform,
    write.handleKey,
    write.isNew,
    write.rowHash === null ? null : write.rowHash.toString('hex'),
    write.source,
  ];
  const identityCells = identityNames.map((name) => scalar(identity.values[name]));
  const figureCells = figureNames.map((name) => scalar(figures.values[name]));
  return [...head, ...identityCells, JSON.stringify(identity.stamps), ...figureCells, JSON.stringify(figures.stamps)];
}

const historyFigureNames = figureNames.slice(0, historyColumns.length);

function historyCells(write: HistoryWrite): CopyValue[] {
  return [
    write.profileId,
    write.day,
    write.source,
    write.observedAt,
    ...historyFigureNames.map((name) => scalar(write.figures[name])),
  ];
}

function scalar(value: FieldValue | undefined): CopyValue {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
