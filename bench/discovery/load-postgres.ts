import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { defaultTiers } from '../../src/modules/discovery/api.ts';
import type { BenchCreator, CreatorMaker } from './creators.ts';
import { benchModel } from './model.ts';

const batchRows = 1000;

/** The product's own tables, as an import would have filled them; what it would have filled besides (history, outbox) is left out. */
const ownTables = {
  person: 'workspace_id, id, name, country, city, languages, niches, tags, emails, provenance',
  profile:
    'workspace_id, id, person_id, platform, handle, handle_key, url, display_name, bio, category, account_type, is_verified, is_private, source',
  profile_metric:
    'workspace_id, profile_id, followers, following, post_count, avg_likes, avg_comments, avg_views, engagement_rate, last_post_at, growth, provenance',
  creator_vector: 'workspace_id, person_id, model, dims, scale, bytes, texts, words, words_known, source_hash, made_at',
  person_fact: 'workspace_id, person_id, name, value, stated_by',
};
/** One flat table with a column of the right type for each filter: what somebody would build for searching in PostgreSQL alone. */
const flatTable = `
  create schema bench;
  create unlogged table bench.creator (
    profile_id bigint not null, person int not null, name text, platform text not null, handle text not null, url text, bio text,
    country text, city text, languages text[] not null, niches text[] not null, tier text, followers int, engagement_rate real,
    avg_likes real, avg_views real, last_post_at timestamptz, words tsvector not null
  )`;
const flatColumns =
  'profile_id, person, name, platform, handle, url, bio, country, city, languages, niches, tier, followers, engagement_rate, avg_likes, avg_views, last_post_at, words';
const flatIndexes = `
  alter table bench.creator add primary key (profile_id);
  create index on bench.creator (platform, followers);
  create index on bench.creator (country, followers);
  create index on bench.creator (followers);
  create index on bench.creator (engagement_rate);
  create index on bench.creator using gin (niches);
  create index on bench.creator using gin (words)`;

/** Fills both the product's tables and the flat one with the same creators, by COPY as the owner. */
export async function loadPostgres(
  adminUrl: string,
  what: { workspaceId: string; maker: CreatorMaker; size: number; tell(line: string): void },
): Promise<void> {
  const { workspaceId, maker, size } = what;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(flatTable);
  const targets = await openTargets(adminUrl);
  let done = 0;
  for (const creators of maker.batches(0, size, batchRows)) {
    const lines = linesOf(workspaceId, creators, done);
    await Promise.all(targets.map((target) => target.write(lines[target.table].join(''))));
    done += creators.length;
    if (done % 200_000 === 0) what.tell(`  ${done} of ${size} creators in PostgreSQL`);
  }
  for (const target of targets) await target.close();
  for (const statement of flatIndexes.split(';')) await admin.query(statement);
  await admin.query('vacuum analyze bench.creator');
  for (const table of Object.keys(ownTables)) await admin.query(`vacuum analyze ${table}`);
  await admin.end();
}

type Table = keyof typeof ownTables | 'flat';

async function openTargets(
  adminUrl: string,
): Promise<{ table: Table; write(text: string): Promise<void>; close(): Promise<void> }[]> {
  const tables = Object.entries({ ...ownTables, flat: flatColumns });
  // Foreign keys are not checked: the rows come over several connections at once.
  return Promise.all(
    tables.map(async ([table, columns]) => {
      const client = new pg.Client({ connectionString: adminUrl });
      await client.connect();
      await client.query('set session_replication_role = replica');
      const name = table === 'flat' ? 'bench.creator' : table;
      const stream = client.query(copyFrom(`copy ${name} (${columns}) from stdin`));
      const ended = finished(stream);
      // A refusal of the database is met at the next line or at the end.
      ended.catch(() => undefined);
      return {
        table: table as Table,
        write: async (text: string) => {
          if (!stream.write(text)) await Promise.race([once(stream, 'drain'), ended]);
        },
        close: async () => {
          stream.end();
          await ended;
          await client.end();
        },
      };
    }),
  );
}

function linesOf(workspaceId: string, creators: readonly BenchCreator[], from: number): Record<Table, string[]> {
  const lines: Record<Table, string[]> = {
    person: [],
    profile: [],
    profile_metric: [],
    creator_vector: [],
    person_fact: [],
    flat: [],
  };
  creators.forEach((creator, index) => {
    const { personId: id, vector } = creator;
    const emails = creator.hasEmail ? [`hello@${id}.example`] : [];
    const person = [workspaceId, id, creator.name, creator.country, creator.city];
    lines.person.push(line([...person, creator.languages, creator.niches, creator.tags, emails, '{}']));
    const bytes = `\\x${Buffer.from(vector.values.buffer).toString('hex')}`;
    lines.creator_vector.push(
      line([workspaceId, id, benchModel, vector.values.length, vector.scale, bytes, 1, 8, 8, '\\x00', '2026-05-01']),
    );
    for (const [name, value] of Object.entries(creator.facts))
      lines.person_fact.push(line([workspaceId, id, name, JSON.stringify(value), 'bench']));
    for (const [at, profile] of creator.profiles.entries())
      pushProfile(lines, { workspaceId, creator, profile, number: from + index, at });
  });
  return lines;
}

function pushProfile(
  lines: Record<Table, string[]>,
  of: {
    workspaceId: string;
    creator: BenchCreator;
    profile: BenchCreator['profiles'][number];
    number: number;
    at: number;
  },
): void {
  const { workspaceId, creator, profile, number } = of;
  const { profileId, platform, handle, url, displayName, bio, category, followers } = profile;
  const identity = [workspaceId, profileId, creator.personId, platform, handle, handle.toLowerCase(), url];
  const rest = [displayName, bio, category, profile.accountType, profile.isVerified, profile.isPrivate, 'bench'];
  lines.profile.push(line([...identity, ...rest]));
  const counts = [workspaceId, profileId, followers, profile.following, profile.postCount, profile.avgLikes];
  const growth = profile.growth === null ? null : JSON.stringify(profile.growth);
  const figures = [profile.avgComments, profile.avgViews, profile.engagementRate, profile.lastPostAt, growth];
  lines.profile_metric.push(line([...counts, ...figures, JSON.stringify(profile.provenance)]));
  const tier = defaultTiers.find(
    (one) => (followers ?? 0) >= one.followersMin && (followers ?? 0) < (one.followersMax ?? Number.POSITIVE_INFINITY),
  );
  const words = wordsOf(`${creator.name ?? ''} ${handle} ${bio ?? ''}`);
  const place = [creator.country, creator.city, creator.languages, creator.niches, tier?.name ?? null];
  const shown = [number * 4 + of.at, number, creator.name, platform, handle, url, bio, ...place];
  const numbers = [followers, profile.engagementRate, profile.avgLikes, profile.avgViews, profile.lastPostAt];
  lines.flat.push(line([...shown, ...numbers, words]));
}

/** Words as a tsvector is written: the ones of a text once each. */
function wordsOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)].map((word) => `'${word}'`).join(' ');
}

type Cell = string | number | boolean | null | readonly string[];

/** One line of COPY's text form. */
function line(cells: readonly Cell[]): string {
  return `${cells.map(cellOf).join('\t')}\n`;
}

function cellOf(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'string') return escaped(cell);
  if (typeof cell === 'object') return escaped(`{${cell.map((value) => `"${value}"`).join(',')}}`);
  return String(cell);
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
}
