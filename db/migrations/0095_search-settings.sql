-- What holds for every search of a workspace. No row: nothing is left out.
create table search_setting (
  workspace_id text primary key references workspace (id) on delete cascade,
  followers_min bigint not null default 0 check (followers_min between 0 and 1000000000),
  changed_by text not null,
  changed_at timestamptz not null
);
select enable_workspace_policies('search_setting');
