-- A manager who speaks for both of two merged creators goes back to both.
alter table relationship_move drop constraint relationship_move_what_check;
alter table relationship_move add constraint relationship_move_what_check check (
  what in ('creator_note', 'rebook_opinion', 'incident', 'past_work', 'manager_creator', 'shared_manager', 'do_not_work', 'lifted_flag')
);

-- The brand's picture on an application page.
create table application_logo (
  workspace_id text not null references workspace (id) on delete cascade,
  page_id text not null,
  file_id text not null,
  added_by text not null,
  added_at timestamptz not null,
  primary key (workspace_id, page_id)
);
select enable_workspace_policies('application_logo');

-- What an erasure of a creator took away and what stays, and why. It names nobody: the id leads nowhere any more.
create table erasure_report (
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null,
  erased_at timestamptz not null,
  -- [{what, rows}], by the words people know tables by.
  went jsonb not null,
  -- [{what, rows, why}].
  stays jsonb not null,
  primary key (workspace_id, person_id)
);
create index erasure_report_newest on erasure_report (workspace_id, erased_at desc, person_id);
select enable_workspace_policies('erasure_report');
