-- A link by which somebody outside sees one thing of a workspace; what it is stands in a table of its module under the same id. Of its secret only the hash is kept.
create table guest_link (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  kind text not null check (length(kind) between 1 and 40),
  -- Whom it is for.
  name text not null check (length(name) between 1 and 120),
  token_hash bytea not null,
  passphrase_hash text,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  opened int not null default 0,
  last_opened_at timestamptz,
  wrong_tries int not null default 0,
  wrong_at timestamptz,
  window_at timestamptz,
  window_calls int not null default 0,
  primary key (workspace_id, id)
);
-- Serves opening a link, which names no workspace.
create unique index guest_link_token on guest_link (token_hash);
select enable_workspace_policies('guest_link');

insert into guest_link (workspace_id, id, kind, name, token_hash, passphrase_hash, expires_at, revoked_at, created_by, created_by_name, created_at, opened, last_opened_at)
select workspace_id, id, 'list', name, token_hash, passphrase_hash, expires_at, revoked_at, created_by, created_by, created_at, opened, last_opened_at from list_share;
insert into guest_link (workspace_id, id, kind, name, token_hash, passphrase_hash, expires_at, revoked_at, created_by, created_by_name, created_at, opened, last_opened_at)
select workspace_id, id, 'vetting_report', name, token_hash, passphrase_hash, expires_at, revoked_at, created_by, created_by_name, created_at, opened, last_opened_at from vetting_share;

alter table list_share drop column name, drop column token_hash, drop column passphrase_hash, drop column expires_at, drop column revoked_at, drop column created_by,
  drop column created_at, drop column opened, drop column last_opened_at, drop column wrong_tries, drop column wrong_at;
alter table vetting_share drop column name, drop column token_hash, drop column passphrase_hash, drop column expires_at, drop column revoked_at, drop column created_by,
  drop column created_by_name, drop column created_at, drop column opened, drop column last_opened_at, drop column wrong_tries, drop column wrong_at,
  drop column window_at, drop column window_calls;
