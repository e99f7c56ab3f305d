-- What a workspace lets happen by itself: when something happens, if it is so, do these things.
create table automation (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null check (length(name) between 1 and 80),
  trigger text not null,
  conditions jsonb not null default '[]',
  actions jsonb not null,
  -- Minutes between what happened and what is done.
  wait_minutes int not null default 0 check (wait_minutes between 0 and 525600),
  -- Runs a day over all, and an hour for the same creator: what goes in circles stops here.
  daily_max int not null default 500 check (daily_max between 1 and 10000),
  hourly_max_each int not null default 3 check (hourly_max_each between 1 and 100),
  state text not null default 'off' check (state in ('on', 'off', 'paused')),
  -- Why the program paused it.
  paused_because text,
  version int not null default 1,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_by_name text not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index automation_name on automation (workspace_id, lower(name));
create index automation_trigger on automation (workspace_id, trigger) where state = 'on';
select enable_workspace_policies('automation');

-- What happened lately that automations could have acted on: for dry runs. Old ones go.
create table automation_event (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null,
  payload jsonb not null,
  happened_at timestamptz not null,
  primary key (workspace_id, id)
);
create index automation_event_name on automation_event (workspace_id, name, happened_at desc, id desc);
create index automation_event_age on automation_event (happened_at);
select enable_workspace_policies('automation_event');

-- One row an automation and event, for ever: the same event never starts it twice.
create table automation_run (
  workspace_id text not null,
  id text not null,
  automation_id text not null,
  version int not null,
  event_id text not null,
  event_name text not null,
  payload jsonb not null,
  happened_at timestamptz not null,
  -- The creator (or campaign) it is about, for the hourly limit.
  subject text,
  due_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'skipped', 'failed', 'limited', 'interrupted')),
  -- What became of each action, in order.
  steps jsonb not null default '[]',
  attempts int not null default 0,
  because text,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, automation_id, event_id),
  foreign key (workspace_id, automation_id) references automation (workspace_id, id) on delete cascade
);
create index automation_run_due on automation_run (due_at) where state in ('waiting', 'running');
create index automation_run_newest on automation_run (workspace_id, automation_id, happened_at desc, id desc);
create index automation_run_subject on automation_run (workspace_id, automation_id, subject, started_at);
select enable_workspace_policies('automation_run');
