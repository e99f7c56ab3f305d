-- A machine's report on one person at one time: signals, contributions and the rows behind them, as it was computed.
create table vetting_report (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  rules_version text not null,
  computed_at timestamptz not null,
  data_at timestamptz,
  score double precision,
  verdict text not null check (verdict in ('pass', 'review', 'reject', 'not_enough_data')),
  report jsonb not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves the latest report of a person.
create index vetting_report_latest on vetting_report (workspace_id, person_id, computed_at desc, id desc);
select enable_workspace_policies('vetting_report');

-- What a person decided on a point of the checklist or on the whole; inserts only, the newest counts, older ones stay readable.
create table vetting_verdict (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  point text not null check (point in ('overall', 'engagement_quality', 'audience_authenticity', 'past_partnerships', 'content_consistency', 'brand_alignment')),
  verdict text not null check (verdict in ('pass', 'review', 'reject')),
  reason text not null check (length(reason) between 1 and 2000),
  decided_by text not null,
  decided_by_name text not null,
  decided_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
create index vetting_verdict_newest on vetting_verdict (workspace_id, person_id, point, decided_at desc, id desc);
select enable_workspace_policies('vetting_verdict');

-- A report goes stale when what it was computed from changes; the next reading computes it anew. One with the same result is not stored twice.
alter table vetting_report add column profile_id text not null;
alter table vetting_report add column result_hash text not null;
alter table vetting_report add column checked_at timestamptz not null;
alter table vetting_report add column stale_at timestamptz;
alter table vetting_report add column is_main boolean not null;

-- What the brand stands for and avoids, for the brand alignment of every report; one per workspace, `version` counts its changes.
create table brand_profile (
  workspace_id text not null references workspace (id) on delete cascade,
  niches text[] not null default '{}',
  keywords text[] not null default '{}',
  no_go_words text[] not null default '{}',
  competitors text[] not null default '{}',
  version int not null,
  updated_by text not null,
  updated_by_name text not null,
  updated_at timestamptz not null,
  primary key (workspace_id)
);
select enable_workspace_policies('brand_profile');

-- Vetting of many people in the background: who is still to do stands in `person_ids` after the first `done` of them.
create table vetting_run (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  person_ids text[] not null,
  state text not null check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  done int not null default 0,
  counts jsonb not null default '{}',
  errors jsonb not null default '[]',
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (workspace_id, id)
);
-- Serves the list of runs, newest first.
create index vetting_run_newest on vetting_run (workspace_id, created_at desc, id desc);
select enable_workspace_policies('vetting_run');
