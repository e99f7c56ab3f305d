-- Tiers of size are data, not constants: vendors disagree about them.
create table tier (
  workspace_id text not null references workspace (id) on delete cascade,
  name text not null,
  followers_min bigint not null check (followers_min >= 0),
  followers_max bigint check (followers_max > followers_min),
  sort int not null,
  primary key (workspace_id, name)
);
select enable_workspace_policies('tier');

create table list (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null check (length(name) between 1 and 120),
  created_by text not null,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (workspace_id, id)
);
-- Two open lists of one name would be taken for one another; serves the look-up by name.
create unique index list_name on list (workspace_id, lower(name)) where archived_at is null;
select enable_workspace_policies('list');

create table list_member (
  workspace_id text not null,
  list_id text not null,
  person_id text not null,
  note text,
  added_by text not null,
  added_at timestamptz not null default now(),
  primary key (workspace_id, list_id, person_id),
  foreign key (workspace_id, list_id) references list (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves the members of a list, newest first.
create index list_member_newest on list_member (workspace_id, list_id, added_at desc, person_id);
-- Serves the lists a person is on.
create index list_member_person on list_member (workspace_id, person_id);
select enable_workspace_policies('list_member');

create table saved_search (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null,
  query jsonb not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
select enable_workspace_policies('saved_search');
