-- A workspace is one brand's or agency's house. Exempt from row-level security by workspace_id: it is the tenant itself,
-- reached by rapport_app only through its own id.
create table workspace (
  id text primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null check (length(name) between 1 and 120),
  currency char(3) not null default 'USD',
  time_zone text not null default 'UTC',
  is_sample boolean not null default false,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);
alter table workspace enable row level security;
alter table workspace force row level security;
create policy own_workspace on workspace to rapport_app using (id = current_setting('rapport.workspace_id', true)) with check (id = current_setting('rapport.workspace_id', true));
create policy all_workspaces on workspace to rapport_system using (true) with check (true);
grant select, update on workspace to rapport_app;
grant select, insert, update, delete on workspace to rapport_system;

create table api_key (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null check (length(name) between 1 and 120),
  prefix text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);
-- Serves the look-up of a presented key.
create unique index api_key_prefix on api_key (prefix);
select enable_workspace_policies('api_key');

-- Who changed what. Inserts only; each row carries the hash of the one before it in its workspace.
create table audit_entry (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  at timestamptz not null default now(),
  actor_kind text not null check (actor_kind in ('user', 'api_key', 'system')),
  actor_id text not null,
  actor_name text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  changes jsonb not null default '{}',
  request_id text,
  primary key (workspace_id, id)
);
-- Serves the audit page, newest first.
create index audit_entry_newest on audit_entry (workspace_id, at desc, id desc);
select enable_workspace_policies('audit_entry');
revoke update, delete on audit_entry from rapport_app;
