-- A short link. Slugs are unique in the installation on the default host, since the host serves every workspace.
create table link (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  slug text not null,
  destination text not null,
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
create index link_enrolment on link (workspace_id, enrolment_id);
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
-- Serves the clicks of a link and the look-up of a conversion's click.
create index click_link on click (workspace_id, link_id, clicked_at);
create index click_id_lookup on click (workspace_id, click_id);
create table click_default partition of click default;
select enable_workspace_policies('click');

-- Daily totals per link, moved by the drain in the same transaction as the clicks.
create table click_daily (
  workspace_id text not null,
  link_id text not null,
  day date not null,
  clicks bigint not null default 0,
  visitors bigint not null default 0,
  dropped bigint not null default 0,
  primary key (workspace_id, link_id, day)
);
select enable_workspace_policies('click_daily');

-- How far each click-log segment has been drained; committed with the clicks, so a repeat is seen.
create table click_drain (
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
  secret text,
  previous_secret text,
  previous_secret_until timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
select enable_workspace_policies('order_source');

-- Whatever arrived about orders, as it arrived, before anything is made of it. Delivery id is unique for ever.
create table order_intake (
  workspace_id text not null,
  source_id text not null,
  delivery_id text not null,
  received_at timestamptz not null default now(),
  body jsonb not null,
  outcome text,
  primary key (workspace_id, source_id, delivery_id)
);
select enable_workspace_policies('order_intake');

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
  click_ids text[] not null default '{}',
  customer_hash bytea,
  is_new_customer boolean,
  items jsonb not null default '[]',
  source_updated_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, source_id, external_id),
  foreign key (workspace_id, source_id) references order_source (workspace_id, id)
);
create index conversion_newest on conversion (workspace_id, ordered_at desc, id desc);
select enable_workspace_policies('conversion');

-- Each refund by the source's own id; conversion.refunded_minor is their sum.
create table conversion_refund (
  workspace_id text not null,
  source_id text not null,
  order_external_id text not null,
  external_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  refunded_at timestamptz not null,
  primary key (workspace_id, source_id, order_external_id, external_id)
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
  losers jsonb not null default '[]',
  credited_minor bigint not null,
  currency char(3) not null,
  ordered_at timestamptz not null,
  decided_at timestamptz not null default now(),
  primary key (workspace_id, conversion_id, model),
  foreign key (workspace_id, conversion_id) references conversion (workspace_id, id) on delete cascade
);
create index credit_campaign on credit (workspace_id, campaign_id, ordered_at);
select enable_workspace_policies('credit');
