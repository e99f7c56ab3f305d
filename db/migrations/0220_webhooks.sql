-- Where a workspace's happenings are sent: receivers of signed webhooks, Google Analytics, addresses of postbacks.
create table webhook_endpoint (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  kind text not null check (kind in ('webhook', 'ga4', 'postback')),
  name text not null check (length(name) between 1 and 80),
  -- Where to; of a postback with its placeholders, of Google Analytics its measurement id.
  target text not null,
  -- Events that are sent; none stands for all.
  events text[] not null default '{}',
  -- Sealed: the signing secret, or what the other side's API asks for.
  secret bytea,
  previous_secret bytea,
  previous_secret_until timestamptz,
  state text not null default 'on' check (state in ('on', 'off', 'disabled')),
  -- Why the program disabled it.
  disabled_because text,
  -- The first failure since something was last delivered.
  failing_since timestamptz,
  created_by_name text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index webhook_endpoint_name on webhook_endpoint (workspace_id, lower(name));
select enable_workspace_policies('webhook_endpoint');

-- One row per endpoint and happening, for ever under its key until it is old: the same happening is sent once, however often it is told.
create table webhook_message (
  workspace_id text not null,
  id text not null,
  endpoint_id text not null,
  -- What makes it the same message.
  key text not null,
  event text not null,
  -- Exactly what is sent, fixed when it is written: every try carries the same bytes.
  body text not null,
  happened_at timestamptz not null,
  created_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'delivered', 'failed')),
  -- Tries since it was written or replayed, and all tries.
  tries int not null default 0,
  attempts int not null default 0,
  due_at timestamptz not null,
  lease_until timestamptz,
  finished_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, endpoint_id, key),
  foreign key (workspace_id, endpoint_id) references webhook_endpoint (workspace_id, id) on delete cascade
);
-- Serves the claim of what is due.
create index webhook_message_due on webhook_message (due_at, id) where state in ('waiting', 'sending');
-- Serves the log of an endpoint, newest first.
create index webhook_message_log on webhook_message (workspace_id, endpoint_id, created_at desc, id desc);
-- Serves forgetting.
create index webhook_message_age on webhook_message (finished_at) where state in ('delivered', 'failed');
select enable_workspace_policies('webhook_message');

-- What the other side answered, try by try.
create table webhook_attempt (
  workspace_id text not null,
  message_id text not null,
  number int not null,
  at timestamptz not null,
  took_ms int not null,
  status int,
  -- The answer's first characters, or why there was none.
  answer text not null,
  primary key (workspace_id, message_id, number),
  foreign key (workspace_id, message_id) references webhook_message (workspace_id, id) on delete cascade
);
select enable_workspace_policies('webhook_attempt');
