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
