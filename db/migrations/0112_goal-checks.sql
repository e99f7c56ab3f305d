-- How each goal stood when it was last looked at, so that a change of it is told once.
create table goal_check (
  workspace_id text not null references workspace (id) on delete cascade,
  goal_id text not null,
  status text not null,
  day date not null,
  primary key (workspace_id, goal_id),
  foreign key (workspace_id, goal_id) references campaign_goal (workspace_id, id) on delete cascade
);
select enable_workspace_policies('goal_check');
