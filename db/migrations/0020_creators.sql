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
  source text not null,
  source_row_hash bytea,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, platform, handle_key),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves the profiles of a person.
create index profile_person on profile (workspace_id, person_id);
select enable_workspace_policies('profile');

-- The current figures of a profile, each with its own source and date in `provenance` {metric: {source, at}}. Null is not known, never 0.
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
  provenance jsonb not null default '{}',
  updated_at timestamptz not null default now(),
  primary key (workspace_id, profile_id),
  foreign key (workspace_id, profile_id) references profile (workspace_id, id) on delete cascade
) with (fillfactor = 70);
select enable_workspace_policies('profile_metric');

-- One figure of one profile on one day from one source; a repeat of the same day and source replaces it.
create table metric_history (
  workspace_id text not null,
  profile_id text not null,
  metric text not null,
  day date not null,
  source text not null,
  value double precision not null,
  observed_at timestamptz not null,
  primary key (workspace_id, profile_id, metric, day, source),
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

-- What was merged into what, whole enough to split again.
create table person_merge (
  workspace_id text not null,
  id text not null,
  kept_person_id text not null,
  absorbed_person_id text not null,
  absorbed jsonb not null,
  profile_ids text[] not null,
  merged_by text not null,
  merged_at timestamptz not null default now(),
  split_at timestamptz,
  primary key (workspace_id, id)
);
select enable_workspace_policies('person_merge');

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
  mapping jsonb not null default '{}',
  state text not null check (state in ('uploaded', 'running', 'done', 'failed', 'cancelled')),
  rows_done bigint not null default 0,
  counts jsonb not null default '{}',
  error text,
  created_by text not null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (workspace_id, id)
);
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
  reason text not null,
  created_at timestamptz not null default now()
);
grant select, insert on suppression to rapport_app;
grant select, insert, update, delete on suppression to rapport_system;
