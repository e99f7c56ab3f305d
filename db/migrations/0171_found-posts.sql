-- Accounts a post's picture is tagged with, which its caption need not name; and when a story goes.
alter table post add column photo_tags text[] not null default '{}';
alter table post add column expires_at timestamptz;

alter table connection_task drop constraint connection_task_kind_check;
alter table connection_task add constraint connection_task_kind_check check (kind in ('profile', 'own', 'hashtag', 'stories'));

alter table content_asset drop constraint content_asset_captured_how_check;
alter table content_asset add constraint content_asset_captured_how_check
  check (captured_how in ('deliverable', 'photo_tag', 'mention', 'hashtag', 'keyword', 'url', 'upload', 'screenshot', 'approved'));
alter table content_asset add column expires_at timestamptz;

-- Every reading of a piece's figures; content_asset holds the newest. A reading that comes again is the same row.
create table content_reading (
  workspace_id text not null,
  asset_id text not null,
  observed_at timestamptz not null,
  source text not null,
  likes bigint,
  comments bigint,
  views bigint,
  shares bigint,
  saves bigint,
  primary key (workspace_id, asset_id, observed_at),
  foreign key (workspace_id, asset_id) references content_asset (workspace_id, id) on delete cascade
);
select enable_workspace_policies('content_reading');
-- What is known now is the first reading.
insert into content_reading (workspace_id, asset_id, observed_at, source, likes, comments, views, shares, saves)
select workspace_id, id, figures_at, 'first kept', likes, comments, views, shares, saves from content_asset where figures_at is not null;

-- Whether figures of found posts become results of deliverables by themselves, or are proposed.
alter table content_capture add column results text not null default 'ask' check (results in ('ask', 'auto'));
