-- Managers and agencies who speak for creators.
create table manager (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  kind text not null check (kind in ('manager', 'agency')),
  name text not null check (length(name) between 1 and 160),
  company text,
  email text,
  phone text,
  note text,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index manager_email on manager (workspace_id, lower(email)) where email is not null;
select enable_workspace_policies('manager');

create table manager_creator (
  workspace_id text not null,
  manager_id text not null,
  person_id text not null,
  since timestamptz not null,
  primary key (workspace_id, manager_id, person_id),
  foreign key (workspace_id, manager_id) references manager (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves the managers of a creator.
create index manager_creator_person on manager_creator (workspace_id, person_id);
select enable_workspace_policies('manager_creator');

-- One message about many creators.
create table manager_message (
  workspace_id text not null,
  id text not null,
  manager_id text not null,
  person_ids text[] not null,
  subject text not null,
  body text not null,
  mail_state text not null check (mail_state in ('queued', 'off')),
  sent_by text not null,
  sent_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, manager_id) references manager (workspace_id, id) on delete cascade
);
create index manager_message_newest on manager_message (workspace_id, manager_id, sent_at desc);
-- Serves the story of a creator.
create index manager_message_persons on manager_message using gin (person_ids);
select enable_workspace_policies('manager_message');
