-- A way into the portal for one creator, at one page; of its secret only the hash is kept.
create table portal_link (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  -- Below /p, where the portal opens.
  path text not null check (path ~ '^/' and length(path) <= 500),
  token_hash bytea not null,
  made_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by text,
  opened int not null default 0,
  first_opened_at timestamptz,
  last_opened_at timestamptz,
  -- When its holder last asked for a new one, and whether they were sent it or a member has to give it.
  asked_at timestamptz,
  asked_state text check (asked_state in ('sent', 'waits')),
  -- Handed over by a member who knows whom they gave it to: an account is made by it without a code by mail.
  makes_account boolean not null default false,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves opening a link, which names no workspace.
create unique index portal_link_token on portal_link (token_hash);
-- Serves the links of a creator, and the newest of a workspace.
create index portal_link_person on portal_link (workspace_id, person_id, id desc);
select enable_workspace_policies('portal_link');

-- A creator's own account: an e-mail they proved to hold. It belongs to the installation, since one creator works with several brands.
create table portal_account (
  id text primary key,
  email text not null unique check (email = lower(email) and length(email) <= 254),
  password_hash text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- A browser that came in by a link, by its account, or as a member's preview. Only the hash of the cookie is kept.
create table portal_session (
  id text primary key,
  token_hash bytea not null unique,
  account_id text references portal_account (id) on delete cascade,
  -- Who looks, when a member looks at the portal as a creator sees it: such a session only reads.
  preview_user_id text,
  preview_user_name text,
  user_agent text,
  -- The brand whose pages were last open.
  current_workspace_id text,
  created_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null,
  check ((preview_user_id is null) = (preview_user_name is null))
);
-- Serves the sessions of an account.
create index portal_session_account on portal_session (account_id, used_at desc) where account_id is not null;

-- A code sent to an e-mail; whoever types it holds the e-mail. Five tries.
create table portal_code (
  id text primary key,
  email text not null check (email = lower(email) and length(email) <= 254),
  code_hash bytea not null,
  session_id text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  tries int not null default 0,
  used_at timestamptz
);
-- Serves the newest code of an e-mail, and how many were asked for lately.
create index portal_code_email on portal_code (email, created_at desc);

do $$
declare target text;
begin
  foreach target in array array['portal_account', 'portal_session', 'portal_code'] loop
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy system_only on %I to rapport_system using (true) with check (true)', target);
    execute format('grant select, insert, update, delete on %I to rapport_system', target);
  end loop;
end $$;

-- As whom a session may act in a workspace, and by which link it came; one creator a workspace and session.
create table portal_entry (
  workspace_id text not null,
  session_id text not null references portal_session (id) on delete cascade,
  person_id text not null,
  link_id text,
  created_at timestamptz not null,
  primary key (workspace_id, session_id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade,
  foreign key (workspace_id, link_id) references portal_link (workspace_id, id) on delete cascade
);
-- Serves the entries of a session, and the sessions of a creator.
create index portal_entry_session on portal_entry (session_id);
create index portal_entry_person on portal_entry (workspace_id, person_id);
select enable_workspace_policies('portal_entry');

-- Which creator of a workspace an account is.
create table portal_account_person (
  workspace_id text not null,
  account_id text not null references portal_account (id) on delete cascade,
  person_id text not null,
  created_at timestamptz not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves the workspaces of an account, and the account of a creator.
create index portal_account_person_account on portal_account_person (account_id);
create index portal_account_person_person on portal_account_person (workspace_id, person_id);
select enable_workspace_policies('portal_account_person');

-- Creators act too, and stand in the audit trail as who they are.
alter table audit_entry drop constraint if exists audit_entry_actor_kind_check;
alter table audit_entry add constraint audit_entry_actor_kind_check check (actor_kind in ('user', 'api_key', 'system', 'creator'));
