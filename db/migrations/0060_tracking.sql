-- A short link. Slugs are unique in the installation on the default host, since the host serves every workspace.
create table link (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  slug text not null,
  -- The slug as the eye reads it: letters of other scripts that look Latin are written in Latin.
  slug_skeleton text not null,
  destination text not null,
  -- Destination with its UTM parameters, ready for the redirect.
  target text not null,
  campaign_id text,
  enrolment_id text,
  person_id text,
  utm jsonb not null default '{}',
  state text not null default 'live' check (state in ('live', 'paused', 'archived')),
  expires_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id),
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id)
);
-- Serves the redirect table and keeps slugs apart over all workspaces.
create unique index link_slug on link (slug);
-- Refuses a slug that looks like another one.
create unique index link_slug_skeleton on link (slug_skeleton);
create index link_enrolment on link (workspace_id, enrolment_id);
create index link_campaign on link (workspace_id, campaign_id);
-- Serves the repair of links after two persons became one.
create index link_person on link (workspace_id, person_id);
select enable_workspace_policies('link');

create table discount_code (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  code text not null,
  code_key text not null,
  campaign_id text,
  enrolment_id text,
  person_id text,
  kind text not null check (kind in ('percent', 'fixed', 'free_shipping')),
  percent numeric check (percent > 0 and percent <= 100),
  amount_minor bigint check (amount_minor > 0),
  currency char(3),
  starts_at timestamptz,
  ends_at timestamptz,
  usage_limit int check (usage_limit > 0),
  state text not null default 'live' check (state in ('live', 'paused', 'archived')),
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, code_key),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id),
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id)
);
create index discount_code_campaign on discount_code (workspace_id, campaign_id);
create index discount_code_person on discount_code (workspace_id, person_id);
select enable_workspace_policies('discount_code');

-- Every hit of a link that was acknowledged, drained from the click log. The day comes from the click id, so the key is whole under partitioning.
create table click (
  workspace_id text not null,
  day date not null,
  click_id text not null,
  link_id text not null,
  clicked_at timestamptz not null,
  counted boolean not null,
  drop_reason text,
  visitor_hash bytea,
  country char(2),
  device text,
  browser text,
  referrer_host text,
  utm jsonb,
  primary key (workspace_id, day, click_id)
) partition by range (day);
-- Serves the hits of a link, newest first. A click is looked up by its key: its id says its day.
create index click_link on click (workspace_id, link_id, clicked_at);
-- Serves the live list of a workspace.
create index click_newest on click (workspace_id, clicked_at);
create table click_default partition of click default;
select enable_workspace_policies('click');

-- Makes the partition of a month (its first day) when it is missing, taking along what waited in the default one.
create function ensure_click_month(month date) returns void language plpgsql security definer set search_path = public as $$
declare
  name text := 'click_' || to_char(month, 'YYYY_MM');
  until_day date := (month + interval '1 month')::date;
begin
  if to_regclass(name) is not null then return; end if;
  lock table click in access exclusive mode;
  if to_regclass(name) is not null then return; end if;
  create temporary table moved_click on commit drop as select * from click_default where day >= month and day < until_day;
  delete from click_default where day >= month and day < until_day;
  execute format('create table %I partition of click for values from (%L) to (%L)', name, month, until_day);
  execute format('insert into %I select * from moved_click', name);
  drop table moved_click;
end $$;
revoke execute on function ensure_click_month(date) from public;
grant execute on function ensure_click_month(date) to rapport_system;

-- One counted click for each visitor, link and clock hour: the row that is there first makes the rest duplicates.
create table click_window (
  workspace_id text not null,
  link_id text not null,
  hour timestamptz not null,
  visitor_hash bytea not null,
  -- Day in the workspace's time zone, to know a visitor who was there before that day.
  local_day date not null,
  click_id text not null,
  primary key (workspace_id, link_id, visitor_hash, hour)
);
-- Serves the deletion of windows that can no longer meet a late segment.
create index click_window_hour on click_window (hour);
select enable_workspace_policies('click_window');

-- Daily totals per link, moved by the drain in the same transaction as the clicks.
create table click_daily (
  workspace_id text not null,
  link_id text not null,
  day date not null,
  clicks bigint not null default 0,
  visitors bigint not null default 0,
  dropped bigint not null default 0,
  primary key (workspace_id, link_id, day),
  foreign key (workspace_id, link_id) references link (workspace_id, id) on delete cascade
);
select enable_workspace_policies('click_daily');

-- How far each click-log segment has been drained; committed with the clicks, so a repeat is seen.
create table click_drain (
  -- Folder of the writing process and number of the segment, such as 01jd…/00000003.
  segment text primary key,
  offset_bytes bigint not null,
  updated_at timestamptz not null default now()
);
grant select, insert, update, delete on click_drain to rapport_system;

-- Salts of visitor hashes, one a day, deleted after 48 hours.
create table visitor_salt (
  day date primary key,
  salt bytea not null
);
grant select, insert, delete on visitor_salt to rapport_system;

-- Where orders come from: one signing secret each.
create table order_source (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null,
  kind text not null check (kind in ('webhook', 'api', 'csv', 'manual')),
  -- Sealed with a key of the installation.
  secret text,
  previous_secret text,
  previous_secret_until timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
-- Serves the look-up of a webhook, which knows its source but no workspace.
create unique index order_source_id on order_source (id);
select enable_workspace_policies('order_source');

-- Whatever arrived about orders, as it arrived, before anything is made of it. Delivery id is unique for ever.
create table order_intake (
  workspace_id text not null,
  source_id text not null,
  delivery_id text not null,
  received_at timestamptz not null default now(),
  body bytea not null,
  -- Null while it waits to be read; a repeat is answered with the first answer.
  outcome text check (outcome in ('applied', 'unchanged', 'refused')),
  answer jsonb,
  conversion_id text,
  primary key (workspace_id, source_id, delivery_id),
  foreign key (workspace_id, source_id) references order_source (workspace_id, id) on delete cascade
);
-- Serves the list of what arrived lately.
create index order_intake_newest on order_intake (workspace_id, source_id, received_at);
-- Serves the sweep of what a crash left unread.
create index order_intake_waiting on order_intake (received_at) where outcome is null;
select enable_workspace_policies('order_intake');

-- What is known of an order by field group, each with the version that said it last: arrivals in any order end in the same row.
-- It is here before the order itself when a refund or a cancellation overtakes it.
create table order_record (
  workspace_id text not null,
  source_id text not null,
  external_id text not null,
  details jsonb,
  details_at timestamptz,
  state text check (state in ('paid', 'cancelled')),
  state_at timestamptz,
  primary key (workspace_id, source_id, external_id),
  foreign key (workspace_id, source_id) references order_source (workspace_id, id) on delete cascade
);
select enable_workspace_policies('order_record');

-- An order, unique for ever by source and the source's own id.
create table conversion (
  workspace_id text not null,
  id text not null,
  source_id text not null,
  external_id text not null,
  ordered_at timestamptz not null,
  amount_minor bigint not null check (amount_minor >= 0),
  currency char(3) not null,
  refunded_minor bigint not null default 0 check (refunded_minor >= 0 and refunded_minor <= amount_minor),
  state text not null check (state in ('paid', 'cancelled')),
  codes text[] not null default '{}',
  -- The codes as discount_code.code_key writes them.
  code_keys text[] not null default '{}',
  click_ids text[] not null default '{}',
  customer_hash bytea,
  is_new_customer boolean,
  items jsonb not null default '[]',
  -- What was clamped or looked odd, in words.
  notices text[] not null default '{}',
  -- Who is credited, as attribution decided last; null until then.
  credit_rule text check (credit_rule in ('code', 'link', 'none')),
  credit_person_id text,
  credit_campaign_id text,
  credit_enrolment_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, source_id, external_id),
  foreign key (workspace_id, source_id) references order_source (workspace_id, id) on delete cascade
);
create index conversion_newest on conversion (workspace_id, ordered_at desc, id desc);
-- Serves the orders of a code, also one that is made after they came.
create index conversion_codes on conversion using gin (code_keys);
select enable_workspace_policies('conversion');

-- Orders that name a click which has not been drained yet; the drain takes them up.
create table conversion_click_wait (
  workspace_id text not null,
  click_id text not null,
  conversion_id text not null,
  -- The day the click id carries.
  day date not null,
  since timestamptz not null default now(),
  primary key (workspace_id, click_id, conversion_id),
  foreign key (workspace_id, conversion_id) references conversion (workspace_id, id) on delete cascade
);
select enable_workspace_policies('conversion_click_wait');

-- Each refund by the source's own id; conversion.refunded_minor is their sum, at most the order.
create table conversion_refund (
  workspace_id text not null,
  source_id text not null,
  order_external_id text not null,
  external_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  refunded_at timestamptz not null,
  primary key (workspace_id, source_id, order_external_id, external_id),
  foreign key (workspace_id, source_id) references order_source (workspace_id, id) on delete cascade
);
select enable_workspace_policies('conversion_refund');

-- Who gets the credit of an order, with the rule that won and the candidates that lost. One row a conversion in this model.
create table credit (
  workspace_id text not null,
  conversion_id text not null,
  model text not null,
  campaign_id text,
  enrolment_id text,
  person_id text,
  link_id text,
  code_id text,
  click_id text,
  rule text not null,
  reason text not null,
  window_days int not null,
  -- When the winning touch happened; the order's own time for a code.
  touched_at timestamptz,
  losers jsonb not null default '[]',
  -- Net of refunds.
  credited_minor bigint not null,
  -- False for a cancelled order: its credit is nothing.
  is_counted boolean not null,
  is_new_customer boolean,
  currency char(3) not null,
  ordered_at timestamptz not null,
  decided_at timestamptz not null default now(),
  primary key (workspace_id, conversion_id, model),
  foreign key (workspace_id, conversion_id) references conversion (workspace_id, id) on delete cascade
);
create index credit_campaign on credit (workspace_id, campaign_id, ordered_at);
select enable_workspace_policies('credit');

-- How a workspace gives credit; the defaults stand where no row is.
create table attribution_setting (
  workspace_id text primary key references workspace (id) on delete cascade,
  window_days int not null check (window_days between 1 and 365)
);
select enable_workspace_policies('attribution_setting');
