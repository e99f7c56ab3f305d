-- Touches that may not earn, with why: attribution decides the order as if they had lost.
create table touch_exclusion (
  workspace_id text not null,
  conversion_id text not null,
  person_id text not null,
  -- One click of theirs; empty for everything of theirs on this order.
  click_id text not null default '',
  -- Who says so: the id of a group of findings, or `rule:<name>`.
  cause text not null,
  why text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, conversion_id, person_id, click_id, cause),
  foreign key (workspace_id, conversion_id) references conversion (workspace_id, id) on delete cascade
);
-- Serves taking back all a group excluded.
create index touch_exclusion_cause on touch_exclusion (workspace_id, cause);
select enable_workspace_policies('touch_exclusion');
