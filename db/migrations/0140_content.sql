-- A piece of content kept in the library: a post that was captured, or a file. Its figures follow the creators' posts, which keep their history.
create table content_asset (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  person_id text,
  campaign_id text,
  enrolment_id text,
  deliverable_id text,
  platform text check (platform in ('instagram', 'tiktok', 'youtube', 'pinterest', 'blog')),
  format text check (length(format) between 1 and 40),
  post_id text,
  url text check (length(url) <= 2000),
  url_key text,
  file_id text,
  title text not null default '' check (length(title) <= 200),
  -- As it read when it was captured; the post itself may change or go.
  caption text check (length(caption) <= 20000),
  posted_at timestamptz,
  products text[] not null default '{}',
  colours text[] not null default '{}',
  tags text[] not null default '{}',
  captured_how text not null check (captured_how in ('deliverable', 'mention', 'hashtag', 'keyword', 'url', 'upload', 'screenshot')),
  -- The name, hashtag or word by which it was found.
  captured_by text not null,
  note text not null default '' check (length(note) <= 4000),
  -- Newest figures of the post, copied whenever it is read again; null is not known.
  likes bigint,
  comments bigint,
  views bigint,
  shares bigint,
  saves bigint,
  figures_at timestamptz,
  captured_at timestamptz not null,
  removed_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, file_id) references stored_file (workspace_id, id)
);
-- A post, an address and a file stand in the library once, however often they are found.
create unique index content_asset_post on content_asset (workspace_id, post_id) where post_id is not null;
create unique index content_asset_url on content_asset (workspace_id, url_key) where url_key is not null;
create unique index content_asset_file on content_asset (workspace_id, file_id) where file_id is not null;
-- Serve the library, newest first, whole, of a campaign and of a creator.
create index content_asset_newest on content_asset (workspace_id, captured_at desc, id desc) where removed_at is null;
create index content_asset_campaign on content_asset (workspace_id, campaign_id, captured_at desc, id desc);
create index content_asset_person on content_asset (workspace_id, person_id);
select enable_workspace_policies('content_asset');

-- A right to use a piece of content. Days are in the workspace's time zone, both included; no until: without end.
create table content_right (
  workspace_id text not null,
  id text not null,
  asset_id text not null,
  source text not null check (source in ('contract', 'request', 'by_hand')),
  state text not null check (state in ('requested', 'granted', 'declined', 'ended')),
  contract_id text,
  -- Place among the rights of the contract, from 0.
  contract_line int,
  channels text[] not null,
  is_paid boolean not null,
  territory text not null check (length(territory) between 1 and 120),
  is_exclusive boolean not null default false,
  may_edit boolean not null default false,
  starts_on date,
  ends_on date,
  attribution text not null default '' check (length(attribution) <= 300),
  copyright_holder text not null default '' check (length(copyright_holder) <= 200),
  copyright_year int check (copyright_year between 1900 and 2200),
  note text not null default '' check (length(note) <= 2000),
  requested_at timestamptz,
  requested_by text,
  answered_at timestamptz,
  answered_by text,
  created_at timestamptz not null,
  created_by text not null,
  ended_at timestamptz,
  primary key (workspace_id, id),
  check (ends_on is null or starts_on is null or ends_on >= starts_on),
  foreign key (workspace_id, asset_id) references content_asset (workspace_id, id) on delete cascade
);
create index content_right_asset on content_right (workspace_id, asset_id);
-- One row for each line of a contract, however often it is read.
create unique index content_right_contract on content_right (workspace_id, asset_id, contract_id, contract_line) where contract_id is not null;
-- Serves the rights that end soon.
create index content_right_ending on content_right (workspace_id, ends_on) where state = 'granted' and ends_on is not null;
select enable_workspace_policies('content_right');

-- Where a piece of content runs.
create table content_placement (
  workspace_id text not null,
  id text not null,
  asset_id text not null,
  channel text not null,
  is_paid boolean not null,
  place text not null check (length(place) between 1 and 300),
  territory text not null default 'worldwide' check (length(territory) between 1 and 120),
  starts_on date not null,
  ends_on date,
  -- Said when it was put where no right covers it.
  reason text check (length(reason) <= 500),
  created_at timestamptz not null,
  created_by text not null,
  ended_at timestamptz,
  ended_by text,
  primary key (workspace_id, id),
  check (ends_on is null or ends_on >= starts_on),
  foreign key (workspace_id, asset_id) references content_asset (workspace_id, id) on delete cascade
);
create index content_placement_asset on content_placement (workspace_id, asset_id);
select enable_workspace_policies('content_placement');

-- That somebody was told of the end of a right: once for each of 30, 7, 1 and 0 days.
create table content_alert (
  workspace_id text not null,
  right_id text not null,
  days_left int not null,
  told_at timestamptz not null,
  primary key (workspace_id, right_id, days_left),
  foreign key (workspace_id, right_id) references content_right (workspace_id, id) on delete cascade
);
select enable_workspace_policies('content_alert');

-- What posts of a campaign's creators are captured by, beside the addresses of deliverables. No row: the hashtags of the brief.
create table content_capture (
  workspace_id text not null,
  campaign_id text not null,
  mentions text[] not null default '{}',
  hashtags text[] not null default '{}',
  keywords text[] not null default '{}',
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (workspace_id, campaign_id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
select enable_workspace_policies('content_capture');

-- Whether a creator lets the brand advertise from their account: partnership ads, or a code of theirs for a time.
create table content_ad_permission (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  platform text not null check (platform in ('instagram', 'tiktok', 'youtube', 'pinterest', 'blog')),
  kind text not null check (kind in ('partnership_ads', 'spark_code')),
  state text not null check (state in ('requested', 'granted', 'declined', 'ended')),
  asset_id text,
  code text check (length(code) <= 500),
  starts_on date,
  ends_on date,
  note text not null default '' check (length(note) <= 1000),
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  check (ends_on is null or starts_on is null or ends_on >= starts_on)
);
create index content_ad_permission_person on content_ad_permission (workspace_id, person_id);
select enable_workspace_policies('content_ad_permission');
