-- A platform's key or account by which the index is filled. None by default; one a platform and workspace.
create table connection (
  workspace_id text not null references workspace (id) on delete cascade,
  platform text not null check (platform in ('youtube', 'instagram', 'tiktok', 'pinterest', 'feeds')),
  -- What is no secret, such as the id of the own account or how often to refresh.
  settings jsonb not null default '{}',
  -- Keys and tokens, sealed with a key derived from the install secret (AES-256-GCM); null where the platform needs none.
  credentials bytea,
  -- Who the platform says we are.
  account text,
  state text not null check (state in ('working', 'waiting', 'failing')),
  message text,
  -- Nothing is asked of the platform before: a quota that is used up, or a server that told us to wait.
  wait_until timestamptz,
  refresh_days int,
  connected_by text not null,
  connected_by_name text not null,
  connected_at timestamptz not null,
  last_run_at timestamptz,
  last_ok_at timestamptz,
  -- Who works on its tasks at the moment; when the lease is past, another process goes on.
  runner text,
  lease_until timestamptz,
  primary key (workspace_id, platform)
);
select enable_workspace_policies('connection');

-- What a day's requests cost, in the platform's own units; counted before a request leaves, so that a crash never forgets one.
create table connection_usage (
  workspace_id text not null,
  platform text not null,
  -- units: the platform's daily budget; `hashtag:<name>`: a hashtag asked for, of which a platform allows so many a week.
  bucket text not null,
  day date not null,
  units int not null,
  primary key (workspace_id, platform, bucket, day),
  foreign key (workspace_id, platform) references connection (workspace_id, platform) on delete cascade
);
select enable_workspace_policies('connection_usage');

-- One thing to bring in from a platform, and how far it has come: the cursor moves in the transaction that writes what was read.
create table connection_task (
  workspace_id text not null,
  platform text not null,
  -- profile: an account by its handle; own: the connected account itself; hashtag: what is posted under it.
  kind text not null check (kind in ('profile', 'own', 'hashtag')),
  target text not null,
  state text not null check (state in ('waiting', 'done', 'failed')),
  cursor jsonb,
  due_at timestamptz not null,
  attempts int not null default 0,
  message text,
  -- Fields the platform did not give in this run, each with why.
  missing jsonb not null default '[]',
  counts jsonb not null default '{}',
  asked_by_name text not null,
  asked_at timestamptz not null,
  finished_at timestamptz,
  primary key (workspace_id, platform, kind, target),
  foreign key (workspace_id, platform) references connection (workspace_id, platform) on delete cascade
);
-- Serves the next due task of a connection.
create index connection_task_due on connection_task (workspace_id, platform, due_at, kind, target) where state = 'waiting';
select enable_workspace_policies('connection_task');

-- Posts under a hashtag of which the platform does not say who wrote them: counted for listening, of no creator.
create table hashtag_post (
  workspace_id text not null references workspace (id) on delete cascade,
  platform text not null,
  hashtag text not null,
  external_id text not null,
  url text,
  caption text,
  format text,
  likes bigint,
  comments bigint,
  posted_at timestamptz,
  observed_at timestamptz not null,
  primary key (workspace_id, platform, hashtag, external_id)
);
select enable_workspace_policies('hashtag_post');
