-- What a code gives to whom, beyond the discount itself, and which code it took over from.
alter table discount_code
  add column scope text not null default 'all' check (scope in ('all', 'products', 'collections')),
  -- [{"shopId", "externalId", "name"}]: products or collections, each of one shop.
  add column scope_items jsonb not null default '[]',
  add column is_first_order boolean not null default false,
  add column is_once_per_customer boolean not null default false,
  add column minimum_minor bigint check (minimum_minor > 0),
  add column minimum_currency char(3),
  add column minimum_quantity int check (minimum_quantity > 0),
  -- The same discount in further currencies: {"USD": "1000"}, in minor units.
  add column other_amounts jsonb not null default '{}',
  -- The code this one took over from, which ended on `ends_at` of that row.
  add column replaces_id text,
  add foreign key (workspace_id, replaces_id) references discount_code (workspace_id, id);
create unique index discount_code_replaces on discount_code (workspace_id, replaces_id) where replaces_id is not null;

-- A shop in which codes are made; its key is sealed with the install secret, and nothing happens before one is connected.
create table code_shop (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  kind text not null check (kind in ('shopify', 'woocommerce', 'stripe')),
  -- Host name and folder of the shop in lower case; the id of the account for Stripe.
  address text not null check (length(address) between 3 and 253),
  name text not null check (length(name) between 1 and 200),
  currency char(3),
  credentials bytea,
  state text not null check (state in ('working', 'failing')),
  message text,
  -- Address of the shop as customers see it, for links that apply a code; null where there is none.
  storefront text,
  -- Every new code is made here too.
  is_default boolean not null default true,
  -- Reading the codes the shop has: when it began and ended last, and what it came to.
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
select enable_workspace_policies('code_shop');

-- A code in a shop: wanted in version `wanted`, there in version `made` (0 while it is not).
create table code_in_shop (
  workspace_id text not null,
  code_id text not null,
  shop_id text not null,
  wanted int not null default 1,
  made int not null default 0,
  -- The shop's own id of the code, and what else the adapter needs to find it again.
  external_id text,
  is_imported boolean not null default false,
  -- Set while a person has to act; the shop's words.
  is_failed boolean not null default false,
  message text,
  tries int not null default 0,
  due_at timestamptz not null,
  first_tried_at timestamptz,
  made_at timestamptz,
  -- Uses as the shop counts them, and when it said so.
  shop_uses int,
  shop_uses_at timestamptz,
  primary key (workspace_id, code_id, shop_id),
  foreign key (workspace_id, code_id) references discount_code (workspace_id, id) on delete cascade,
  foreign key (workspace_id, shop_id) references code_shop (workspace_id, id) on delete cascade
);
-- Serves the job that makes what is due.
create index code_in_shop_due on code_in_shop (due_at) where made < wanted and not is_failed;
select enable_workspace_policies('code_in_shop');
