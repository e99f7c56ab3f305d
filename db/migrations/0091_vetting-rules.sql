-- The points and verdict rules of a workspace. Rows are never changed: a save is a new version, the highest one counts.
create table vetting_rules (
  workspace_id text not null references workspace (id) on delete cascade,
  version int not null check (version >= 1),
  points jsonb not null,
  verdict jsonb not null,
  note text not null default '',
  saved_by text not null,
  saved_by_name text not null,
  saved_at timestamptz not null,
  primary key (workspace_id, version)
);
select enable_workspace_policies('vetting_rules');

-- Which version a report was made by, and what is needed to weigh and judge it again without reading all of it.
alter table vetting_report add column rules_set int not null default 0;
alter table vetting_report add column findings jsonb;
-- Serves bulk vetting and comparison, which ask for the latest report of many profiles at once.
create index vetting_report_profile on vetting_report (workspace_id, profile_id, computed_at desc, id desc);
