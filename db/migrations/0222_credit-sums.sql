-- Sums of the credit that pays, by day of the order. They hold for a day that stands in credit_day under the workspace's time zone and is not due;
-- all other days are summed from the credit itself, so that what is read is right at every moment.
create table credit_daily (
  workspace_id text not null references workspace (id) on delete cascade,
  day date not null,
  -- '' where there is none.
  campaign_id text not null,
  enrolment_id text not null,
  person_id text not null,
  -- Channel group of the click that won ('' when it says none), or code, customer, none.
  via text not null,
  currency char(3) not null,
  orders bigint not null,
  by_code bigint not null,
  by_link bigint not null,
  cancelled bigint not null,
  refunded_in_full bigint not null,
  new_customers bigint not null,
  known_customers bigint not null,
  gross_minor bigint not null,
  cancelled_minor bigint not null,
  refunded_minor bigint not null,
  net_minor bigint not null,
  primary key (workspace_id, day, campaign_id, enrolment_id, person_id, via, currency)
);
-- Serves the report of a campaign.
create index credit_daily_campaign on credit_daily (workspace_id, campaign_id, day);
-- Serves the results of a creator.
create index credit_daily_person on credit_daily (workspace_id, person_id, day);
select enable_workspace_policies('credit_daily');

-- Days whose sums stand.
create table credit_day (
  workspace_id text not null references workspace (id) on delete cascade,
  day date not null,
  time_zone text not null,
  built_at timestamptz not null default now(),
  primary key (workspace_id, day)
);
select enable_workspace_policies('credit_day');

-- Days whose credit moved since: one row for each decision, so that no two of them wait for each other.
create table credit_day_due (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  day date not null,
  primary key (workspace_id, id)
);
create index credit_day_due_day on credit_day_due (workspace_id, day);
select enable_workspace_policies('credit_day_due');

-- Serves the credit of a day.
create index credit_time on credit (workspace_id, ordered_at);
