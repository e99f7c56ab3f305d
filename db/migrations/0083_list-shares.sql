-- A list shown to somebody outside by a link; of the link's secret only the hash is kept.
create table list_share (
  workspace_id text not null,
  id text not null,
  list_id text not null,
  name text not null check (length(name) between 1 and 120),
  token_hash bytea not null,
  columns text[] not null,
  can_vote boolean not null,
  can_comment boolean not null,
  passphrase_hash text,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  opened int not null default 0,
  last_opened_at timestamptz,
  wrong_tries int not null default 0,
  wrong_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, list_id) references list (workspace_id, id) on delete cascade
);
-- Serves opening a link, which names no workspace.
create unique index list_share_token on list_share (token_hash);
-- Serves the links of a list.
create index list_share_list on list_share (workspace_id, list_id, id);
select enable_workspace_policies('list_share');
