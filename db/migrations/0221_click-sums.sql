-- Sums of clicks, moved by the drain in the transaction of the clicks: no page reads all hits to count them.

-- True for the hit by which a visitor counts on its link and local day; null on hits from before this was kept.
alter table click add column is_first boolean;

-- Per link and week (its Monday, in the workspace's time zone), for spans of months; days at the ends come from click_daily.
create table click_weekly (
  workspace_id text not null,
  week date not null,
  link_id text not null,
  clicks bigint not null default 0,
  visitors bigint not null default 0,
  dropped bigint not null default 0,
  primary key (workspace_id, week, link_id),
  foreign key (workspace_id, link_id) references link (workspace_id, id) on delete cascade
) with (fillfactor = 70);
select enable_workspace_policies('click_weekly');

-- By day and one facet of the hits, of the whole workspace (campaign_id '') and of each campaign.
create table click_facet (
  workspace_id text not null references workspace (id) on delete cascade,
  campaign_id text not null,
  day date not null,
  facet text not null check (facet in ('all', 'channel', 'country', 'device', 'reason')),
  -- '' where it is not known, and for all.
  value text not null,
  clicks bigint not null default 0,
  visitors bigint not null default 0,
  dropped bigint not null default 0,
  primary key (workspace_id, campaign_id, day, facet, value)
) with (fillfactor = 70);
-- Serves the sums of every campaign over a span.
create index click_facet_day on click_facet (workspace_id, day, facet);
select enable_workspace_policies('click_facet');

-- By clock hour of UTC, of the whole workspace (campaign_id '') and of each campaign: the shape of a day in any time zone.
create table click_hour (
  workspace_id text not null references workspace (id) on delete cascade,
  campaign_id text not null,
  hour timestamptz not null,
  clicks bigint not null default 0,
  visitors bigint not null default 0,
  dropped bigint not null default 0,
  primary key (workspace_id, campaign_id, hour)
) with (fillfactor = 70);
select enable_workspace_policies('click_hour');

-- The time zone whose days the sums are of; a workspace without a row has its sums built from the hits.
create table click_sum_state (
  workspace_id text primary key references workspace (id) on delete cascade,
  time_zone text not null,
  built_at timestamptz not null
);
select enable_workspace_policies('click_sum_state');

-- Serves the days at the ends of a span, over all links.
create index click_daily_day on click_daily (workspace_id, day);
alter table click_daily set (fillfactor = 70);
-- Serves the links a reason befell, without reading what counted.
create index click_dropped on click (workspace_id, day, drop_reason, link_id) where not counted;
