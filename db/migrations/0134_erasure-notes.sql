-- What an erased creator was called, kept only until every part of the program has forgotten it; the counts of what went with the person stay for the report.
create table erasure_note (
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null,
  -- Names, handles and addresses; emptied when the sweep is done.
  texts text[] not null,
  -- {table: rows}.
  went jsonb not null,
  at timestamptz not null default now(),
  primary key (workspace_id, person_id)
);
select enable_workspace_policies('erasure_note');
grant update (recorded_by_name) on disclosure_evidence to rapport_system;
