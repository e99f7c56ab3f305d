-- A person publishes under one or more profiles. Belongs to one workspace.
create table person (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text,
  country char(2),
  region text,
  city text,
  languages text[] not null default '{}',
  emails text[] not null default '{}',
  phones text[] not null default '{}',
  website text,
  niches text[] not null default '{}',
  owner_id text,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  -- Where each field comes from: {"*": {"source", "at"}} for all, a field's own entry where it differs.
  provenance jsonb not null default '{}',
  merged_into text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
select enable_workspace_policies('person');

-- One account on one platform. Identity fields here; figures that change often live in profile_metric.
create table profile (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  platform text not null check (platform in ('instagram', 'tiktok', 'youtube', 'pinterest', 'blog')),
  handle text not null,
  handle_key text not null,
  external_id text,
  url text,
  display_name text,
  bio text,
  website text,
  category text,
  account_type text,
  is_private boolean,
  is_verified boolean,
  -- Where it was first seen.
  source text not null,
  -- Hash of the imported row that last gave this state: the same row again is told as unchanged without reading further.
  source_row_hash bytea,
  provenance jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, platform, handle_key),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves the profiles of a person.
create index profile_person on profile (workspace_id, person_id);
select enable_workspace_policies('profile');

-- The current figures of a profile, each with its own source and date in `provenance` ({"*": {source, at}} and a figure's own entry where it
-- differs, with the sample size when it was computed). Null is not known, never 0.
create table profile_metric (
  workspace_id text not null,
  profile_id text not null,
  followers bigint,
  following bigint,
  post_count bigint,
  avg_likes double precision,
  avg_comments double precision,
  avg_views double precision,
  avg_shares double precision,
  avg_saves double precision,
  engagement_rate double precision,
  last_post_at timestamptz,
  audience jsonb,
  -- Relative change of followers over 1 to 6 months before the last observation, from metric_history; null where there is none so old.
  growth jsonb,
  provenance jsonb not null default '{}',
  updated_at timestamptz not null default now(),
  primary key (workspace_id, profile_id),
  foreign key (workspace_id, profile_id) references profile (workspace_id, id) on delete cascade
) with (fillfactor = 70);
select enable_workspace_policies('profile_metric');

-- The figures of one profile on one day from one source, one row for all of them (a row per figure took five times as long to write); a repeat of
-- the same day and source replaces what it states and keeps the rest.
create table metric_history (
  workspace_id text not null,
  profile_id text not null,
  day date not null,
  source text not null,
  observed_at timestamptz not null,
  followers bigint,
  following bigint,
  post_count bigint,
  avg_likes double precision,
  avg_comments double precision,
  avg_views double precision,
  avg_shares double precision,
  avg_saves double precision,
  engagement_rate double precision,
  primary key (workspace_id, profile_id, day, source),
  foreign key (workspace_id, profile_id) references profile (workspace_id, id) on delete cascade
);
select enable_workspace_policies('metric_history');

create table post (
  workspace_id text not null,
  id text not null,
  profile_id text not null,
  external_id text not null,
  url text,
  posted_at timestamptz,
  format text,
  caption text,
  hashtags text[] not null default '{}',
  mentions text[] not null default '{}',
  location text,
  likes bigint,
  comments bigint,
  views bigint,
  shares bigint,
  saves bigint,
  reach bigint,
  impressions bigint,
  is_paid_label boolean,
  source text not null,
  observed_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, profile_id, external_id),
  foreign key (workspace_id, profile_id) references profile (workspace_id, id) on delete cascade
);
-- Serves a profile's posts, newest first.
create index post_newest on post (workspace_id, profile_id, posted_at desc nulls last, id desc);
select enable_workspace_policies('post');

create table comment (
  workspace_id text not null,
  id text not null,
  post_id text not null,
  external_id text not null,
  author_handle text,
  text text not null,
  likes bigint,
  commented_at timestamptz,
  source text not null,
  primary key (workspace_id, id),
  unique (workspace_id, post_id, external_id),
  foreign key (workspace_id, post_id) references post (workspace_id, id) on delete cascade
);
select enable_workspace_policies('comment');

-- A sample of a profile's followers, packed: columns of equal length as JSON arrays, with how it was drawn.
create table follower_sample (
  workspace_id text not null,
  profile_id text not null,
  taken_at timestamptz not null,
  source text not null,
  method text not null,
  size int not null check (size >= 0),
  accounts jsonb not null,
  primary key (workspace_id, profile_id, taken_at),
  foreign key (workspace_id, profile_id) references profile (workspace_id, id) on delete cascade
);
select enable_workspace_policies('follower_sample');

-- Facts other modules state about a person for discovery (contacted, credibility, price), so that no arrow turns back.
create table person_fact (
  workspace_id text not null,
  person_id text not null,
  name text not null,
  value jsonb not null,
  stated_by text not null,
  stated_at timestamptz not null default now(),
  primary key (workspace_id, person_id, name),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
select enable_workspace_policies('person_fact');

-- The explicit key by which a file says that several rows are one person (its influencer id), so that the next file of that shape agrees.
create table person_key (
  workspace_id text not null,
  scope text not null,
  key text not null,
  person_id text not null,
  primary key (workspace_id, scope, key),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves the keys of a person, for merge, split and erasure.
create index person_key_person on person_key (workspace_id, person_id);
select enable_workspace_policies('person_key');

-- What was merged into what, whole enough to split again: the kept person's fields before and after, and the profiles that moved.
-- The absorbed person stays as a row with merged_into set.
create table person_merge (
  workspace_id text not null,
  id text not null,
  kept_person_id text not null,
  absorbed_person_id text not null,
  kept_before jsonb not null,
  kept_after jsonb not null,
  profile_ids text[] not null,
  reason text not null,
  merged_by text not null,
  merged_at timestamptz not null default now(),
  split_at timestamptz,
  primary key (workspace_id, id)
);
-- Serves the merges of a person that may still be split.
create index person_merge_kept on person_merge (workspace_id, kept_person_id, merged_at desc, id desc);
select enable_workspace_policies('person_merge');

-- Two people that a reader said are not one, so that they are not proposed again.
create table person_distinct (
  workspace_id text not null,
  person_a text not null,
  person_b text not null,
  said_by text not null,
  said_at timestamptz not null default now(),
  primary key (workspace_id, person_a, person_b),
  check (person_a < person_b),
  foreign key (workspace_id, person_a) references person (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_b) references person (workspace_id, id) on delete cascade
);
select enable_workspace_policies('person_distinct');

create table import_mapping (
  workspace_id text not null,
  id text not null,
  name text not null,
  header_key text not null,
  kind text not null check (kind in ('creators', 'posts', 'comments')),
  mapping jsonb not null,
  updated_by text not null,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, header_key)
);
select enable_workspace_policies('import_mapping');

create table import_run (
  workspace_id text not null,
  id text not null,
  file_name text not null,
  file_hash bytea,
  file_bytes bigint,
  kind text check (kind in ('creators', 'posts', 'comments')),
  platform text not null,
  -- What was found in the file: format, encoding, delimiter, header, and how its columns are read.
  detected jsonb not null default '{}',
  mapping jsonb not null default '{}',
  is_dry_run boolean not null default false,
  state text not null check (state in ('uploaded', 'running', 'done', 'failed', 'cancelled')),
  -- Rows whose effect is committed: where a run goes on after a crash.
  rows_done bigint not null default 0,
  counts jsonb not null default '{}',
  error text,
  observed_at timestamptz not null default now(),
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  cancel_asked_at timestamptz,
  finished_at timestamptz,
  -- Who runs it at the moment, renewed with every batch; when it is past, another process goes on from rows_done.
  runner text,
  lease_until timestamptz,
  primary key (workspace_id, id)
);
-- Serves the history of imports, newest first.
create index import_run_newest on import_run (workspace_id, created_at desc, id desc);
select enable_workspace_policies('import_run');

create table import_error (
  workspace_id text not null,
  import_id text not null,
  row_number bigint not null,
  field text not null,
  message text not null,
  raw jsonb not null,
  primary key (workspace_id, import_id, row_number, field),
  foreign key (workspace_id, import_id) references import_run (workspace_id, id) on delete cascade
);
select enable_workspace_policies('import_error');

-- A creator's objection holds for the whole installation, so it has no workspace: only a salted hash of platform and handle (or e-mail).
create table suppression (
  subject_hash bytea primary key,
  kind text not null check (kind in ('handle', 'email')),
  platform text,
  reason text not null,
  created_at timestamptz not null default now()
);
grant select, insert on suppression to rapport_app;
grant select, insert, update, delete on suppression to rapport_system;
