-- The address by which a member's own calendar program reads the workspace's: one a member. Its secret and how long it holds stand in guest_link under the same id.
create table calendar_feed (
  workspace_id text not null references workspace (id) on delete cascade,
  user_id text not null,
  id text not null,
  primary key (workspace_id, user_id),
  foreign key (workspace_id, id) references guest_link (workspace_id, id) on delete cascade
);
-- Serves opening an address.
create unique index calendar_feed_link on calendar_feed (workspace_id, id);
select enable_workspace_policies('calendar_feed');
