-- A connected shop of the workspace. Credentials are sealed with the install secret; nothing happens before one is connected.
create table shop (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  kind text not null check (kind in ('shopify', 'woocommerce')),
  -- Host name of the shop, in lower case.
  address text not null check (length(address) between 3 and 253),
  name text not null check (length(name) between 1 and 200),
  currency char(3),
  credentials bytea,
  state text not null check (state in ('working', 'failing')),
  message text,
  -- The reading of products under way, and when one ended last.
  sync_run text,
  sync_started_at timestamptz,
  sync_ended_at timestamptz,
  sync_counts jsonb not null default '{}',
  sync_message text,
  created_by text not null,
  created_at timestamptz not null default now(),
  disconnected_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, kind, address)
);
select enable_workspace_policies('shop');

create table product (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  -- Null for the workspace's own products.
  shop_id text,
  external_id text,
  name text not null check (length(name) between 1 and 200),
  category text check (length(category) between 1 and 100),
  description text check (length(description) <= 2000),
  -- Countries it is shipped to; null is everywhere.
  ships_to text[],
  picture_file_id text,
  -- The shop's picture, the one fetched last and how often fetching it failed.
  picture_url text,
  picture_of text,
  picture_tries int not null default 0,
  -- gone: deleted or taken from sale in the shop, or put away by hand.
  state text not null default 'active' check (state in ('active', 'gone')),
  seen_run text,
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check ((shop_id is null) = (external_id is null)),
  foreign key (workspace_id, shop_id) references shop (workspace_id, id) on delete cascade
);
create unique index product_of_shop on product (workspace_id, shop_id, external_id) where shop_id is not null;
-- An own product is told by its name, so that a file imported twice makes no second one.
create unique index product_own_name on product (workspace_id, lower(name)) where shop_id is null;
-- Serves the catalogue in the order of names.
create index product_by_name on product (workspace_id, lower(name), id);
select enable_workspace_policies('product');

create table product_variant (
  workspace_id text not null,
  id text not null,
  product_id text not null,
  shop_id text,
  external_id text,
  sku text check (length(sku) between 1 and 100),
  -- Such as {"Colour": "Sand", "Size": "M"}, in the order given.
  options json not null default '{}',
  title text not null check (length(title) <= 200),
  cost_minor bigint check (cost_minor between 0 and 1000000000000),
  price_minor bigint check (price_minor between 0 and 1000000000000),
  currency char(3) not null,
  -- Null is not counted: the shop sells it however many are left.
  stock int,
  weight_grams int check (weight_grams between 0 and 1000000),
  sort int not null default 0,
  state text not null default 'active' check (state in ('active', 'gone')),
  seen_run text,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, product_id) references product (workspace_id, id) on delete cascade
);
create index product_variant_product on product_variant (workspace_id, product_id, sort, id);
create unique index product_variant_of_shop on product_variant (workspace_id, shop_id, external_id) where shop_id is not null;
create unique index product_variant_own_sku on product_variant (workspace_id, lower(sku)) where shop_id is null and sku is not null;
select enable_workspace_policies('product_variant');

-- What creators of a campaign may choose from and how much of it.
create table seeding_plan (
  workspace_id text not null,
  campaign_id text not null,
  state text not null default 'closed' check (state in ('open', 'closed')),
  items_max int not null default 1 check (items_max between 1 and 100),
  -- At cost of goods, for each creator, in the campaign's currency; null is no limit.
  value_max_minor bigint check (value_max_minor between 0 and 1000000000000),
  -- Over all creators.
  units_max int check (units_max between 1 and 1000000),
  is_obliged boolean not null default false,
  post_within_days int not null default 21 check (post_within_days between 1 and 365),
  nudge_after_days int check (nudge_after_days between 1 and 180),
  pick_until date,
  needs_approval boolean not null default true,
  note text check (length(note) <= 1000),
  -- Where parcels without a shop come from, as it is printed.
  sender text check (length(sender) <= 500),
  -- Taken for a parcel whose postage nobody entered; null is not known.
  shipping_cost_minor bigint check (shipping_cost_minor between 0 and 1000000000),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, campaign_id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
select enable_workspace_policies('seeding_plan');

create table seeding_choice (
  workspace_id text not null,
  campaign_id text not null,
  product_id text not null,
  -- Null is every variant.
  variant_ids text[],
  each_max int not null default 1 check (each_max between 1 and 100),
  sort int not null default 0,
  primary key (workspace_id, campaign_id, product_id),
  foreign key (workspace_id, campaign_id) references seeding_plan (workspace_id, campaign_id) on delete cascade,
  foreign key (workspace_id, product_id) references product (workspace_id, id) on delete cascade
);
select enable_workspace_policies('seeding_choice');

-- That a creator was asked for a choice or an address, each once and again when asked again.
create table seeding_ask (
  workspace_id text not null,
  enrolment_id text not null,
  kind text not null check (kind in ('pick', 'address')),
  campaign_id text not null,
  person_id text not null,
  asked_at timestamptz not null,
  asked_by text not null,
  times int not null default 1,
  mail_state text not null check (mail_state in ('queued', 'off', 'no_address')),
  primary key (workspace_id, enrolment_id, kind),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
create index seeding_ask_campaign on seeding_ask (workspace_id, campaign_id);
create index seeding_ask_person on seeding_ask (workspace_id, person_id);
select enable_workspace_policies('seeding_ask');

create table pick (
  workspace_id text not null,
  id text not null,
  campaign_id text not null,
  enrolment_id text not null,
  person_id text not null,
  round int not null,
  state text not null check (state in ('submitted', 'approved', 'rejected', 'cancelled')),
  -- True once it is a parcel: it no longer holds stock, the parcel took it.
  is_sent boolean not null default false,
  picked_by text not null check (picked_by in ('creator', 'brand')),
  note text check (length(note) <= 1000),
  reason text check (length(reason) <= 500),
  created_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, enrolment_id, round),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
-- One open choice a creator and campaign.
create unique index pick_open on pick (workspace_id, enrolment_id) where state in ('submitted', 'approved') and not is_sent;
create index pick_campaign on pick (workspace_id, campaign_id);
create index pick_person on pick (workspace_id, person_id);
select enable_workspace_policies('pick');

-- What was chosen, as it was called and cost at that time.
create table pick_line (
  workspace_id text not null,
  pick_id text not null,
  variant_id text not null,
  product_id text not null,
  quantity int not null check (quantity between 1 and 100),
  product_name text not null,
  variant_title text not null,
  sku text,
  unit_cost_minor bigint,
  currency char(3) not null,
  sort int not null default 0,
  primary key (workspace_id, pick_id, variant_id),
  foreign key (workspace_id, pick_id) references pick (workspace_id, id) on delete cascade
);
-- Serves how much of a variant is held.
create index pick_line_variant on pick_line (workspace_id, variant_id);
select enable_workspace_policies('pick_line');

-- Where a creator gets parcels. Personal data: goes with the person.
create table creator_address (
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null,
  address jsonb not null,
  given_by text not null check (given_by in ('creator', 'member')),
  consent_text text not null,
  consented_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, person_id)
);
select enable_workspace_policies('creator_address');

create table shipment (
  workspace_id text not null,
  id text not null,
  -- One parcel a choice, for ever: an order is never made twice.
  pick_id text not null,
  campaign_id text not null,
  enrolment_id text not null,
  person_id text not null,
  shop_id text,
  -- waiting: still to be ordered in the shop; failed: somebody must act. The others follow from the events.
  state text not null check (state in ('waiting', 'failed', 'ordered', 'packed', 'shipped', 'delivered', 'returned', 'lost', 'cancelled')),
  problem text,
  problem_text text,
  tries int not null default 0,
  tried_at timestamptz,
  next_try_at timestamptz,
  -- Who is placing the order, so that no second one does.
  lease_until timestamptz,
  draft_id text,
  external_id text,
  external_name text,
  external_url text,
  carrier text check (length(carrier) <= 100),
  tracking_number text check (length(tracking_number) <= 100),
  tracking_url text check (length(tracking_url) <= 2000),
  cost_minor bigint check (cost_minor between 0 and 1000000000),
  -- As it was when the parcel was made; emptied with the person.
  address jsonb,
  created_by text not null,
  created_at timestamptz not null,
  checked_at timestamptz,
  nudged_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, pick_id),
  foreign key (workspace_id, pick_id) references pick (workspace_id, id) on delete cascade,
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
create index shipment_campaign on shipment (workspace_id, campaign_id);
create index shipment_person on shipment (workspace_id, person_id);
-- Serves the jobs over all workspaces: what is to be ordered, and what to be asked of a shop or nudged.
create index shipment_waiting on shipment (next_try_at) where state = 'waiting';
create index shipment_moving on shipment (checked_at) where shop_id is not null and state in ('ordered', 'packed', 'shipped');
create index shipment_delivered on shipment (workspace_id, id) where state = 'delivered' and nudged_at is null;
select enable_workspace_policies('shipment');

-- What happened to a parcel. A wrong one is withdrawn, never deleted; the same fact again is the same row.
create table shipment_event (
  workspace_id text not null,
  id text not null,
  shipment_id text not null,
  kind text not null check (kind in ('ordered', 'packed', 'shipped', 'delivered', 'returned', 'lost', 'cancelled')),
  at timestamptz not null,
  source text not null,
  by_name text not null,
  note text check (length(note) <= 500),
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (workspace_id, id),
  unique (workspace_id, shipment_id, kind, source, at),
  foreign key (workspace_id, shipment_id) references shipment (workspace_id, id) on delete cascade
);
select enable_workspace_policies('shipment_event');

create table do_not_gift (
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null,
  reason text not null check (reason in ('never_posts', 'resells', 'returned', 'asked_not_to', 'conflict', 'other')),
  note text check (length(note) <= 500),
  added_by text not null,
  added_at timestamptz not null,
  primary key (workspace_id, person_id)
);
select enable_workspace_policies('do_not_gift');
