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

-- People who can sign in, their sessions and their passwords (argon2id). They belong to the installation, not to a workspace:
-- exempt by workspace_id, and reached by the system role alone.
create table app_user (
  id text primary key,
  name text not null check (length(name) between 1 and 120),
  -- Lower case; what one signs in with.
  email text not null unique check (email = lower(email) and length(email) <= 254),
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table user_session (
  id text primary key,
  user_id text not null references app_user (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
-- Serves the end of all of a person's sessions.
create index user_session_user on user_session (user_id);

create table user_account (
  id text primary key,
  user_id text not null references app_user (id) on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
-- Serves sign-in and the change of a password.
create index user_account_user on user_account (user_id);

do $$
declare target text;
begin
  foreach target in array array['app_user', 'user_session', 'user_account'] loop
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy system_only on %I to rapport_system using (true) with check (true)', target);
    execute format('grant select, insert, update, delete on %I to rapport_system', target);
  end loop;
end $$;

-- Who works in a workspace, and as what.
create table member (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  user_id text not null references app_user (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'manager', 'analyst', 'finance', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, user_id)
);
-- Serves the workspaces of who signs in.
create index member_user on member (user_id);
select enable_workspace_policies('member');

-- A link that makes its holder a member, once.
create table invitation (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  email text not null check (email = lower(email) and length(email) <= 254),
  role text not null check (role in ('owner', 'admin', 'manager', 'analyst', 'finance', 'viewer')),
  -- SHA-256 of the token in the link; the token itself is shown once.
  token_hash bytea not null,
  invited_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by text,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);
-- Serves the opening of a link.
create unique index invitation_token on invitation (token_hash);
-- One open invitation a person and workspace; a new one takes the place of the old.
create unique index invitation_open on invitation (workspace_id, email) where accepted_at is null and revoked_at is null;
select enable_workspace_policies('invitation');

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

-- Who changed what. Requests may insert and read, never change or remove.
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
-- Serves the history of one thing.
create index audit_entry_subject on audit_entry (workspace_id, subject_id, at desc, id desc);
select enable_workspace_policies('audit_entry');
revoke update, delete on audit_entry from rapport_app;
