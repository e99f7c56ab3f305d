-- Orders by the adapters of shops and payment services, with versions, lines, refunds by line, chargebacks and rates.

alter table order_source drop constraint order_source_kind_check;
alter table order_source add constraint order_source_kind_check
  check (kind in ('webhook', 'shopify', 'woocommerce', 'stripe', 'postback', 'snippet', 'till', 'api', 'csv', 'manual'));
-- Where a shop's field stands for one of ours (postback), the shop's address, and what else a kind is told; nothing secret.
alter table order_source add column settings jsonb not null default '{}';

-- What the sender called it, such as orders/paid; null where deliveries have no topic.
alter table order_intake add column topic text;
-- A shop's own headers do not prove themselves: what is kept of them is what reading needs again at a replay.
alter table order_intake add column replays int not null default 0;
alter table order_intake drop constraint order_intake_outcome_check;
alter table order_intake add constraint order_intake_outcome_check check (outcome in ('applied', 'unchanged', 'refused', 'unused', 'test'));
-- Serves the deliveries of an order.
create index order_intake_order on order_intake (workspace_id, conversion_id) where conversion_id is not null;

-- Of two versions the one of the greater rank wins before time is asked: a payment says less of an order than the checkout it belongs to.
alter table order_record add column details_rank smallint not null default 0;

-- What stands in place of the customer's hash since they, or the shop, asked to be forgotten: random, and kept so that later versions of the order bring nothing back.
alter table order_record add column pseudonym text;

-- Other ids of an order at its source, such as the payment of an invoice: what is said of the alias belongs to the order.
create table order_alias (
  workspace_id text not null,
  source_id text not null,
  alias text not null,
  external_id text not null,
  primary key (workspace_id, source_id, alias),
  foreign key (workspace_id, source_id) references order_source (workspace_id, id) on delete cascade
);
select enable_workspace_policies('order_alias');

-- What people at the source call the order, such as #1017.
alter table conversion add column label text;

alter table conversion_refund add column kind text not null default 'refund' check (kind in ('refund', 'chargeback'));
-- void: a chargeback that was won, a refund that failed. It stays, and counts nothing.
alter table conversion_refund add column state text not null default 'standing' check (state in ('standing', 'void'));
-- The version that said it last, and its rank among versions of one instant.
alter table conversion_refund add column version_at timestamptz;
alter table conversion_refund add column version_rank smallint not null default 0;
update conversion_refund set version_at = refunded_at;
alter table conversion_refund alter column version_at set not null;
-- [{"lineId", "quantity", "amountMinor"}], where the source says which lines were given back.
alter table conversion_refund add column lines jsonb not null default '[]';
alter table conversion_refund add column reason text;
-- What of it counts against the order as the order is known now; null while the order is not known. Never more than the order holds.
alter table conversion_refund add column counted_minor bigint check (counted_minor >= 0);
-- Why it counts nothing or less, in words.
alter table conversion_refund add column refusal text;
update conversion_refund r set counted_minor = r.amount_minor
from conversion c where c.workspace_id = r.workspace_id and c.source_id = r.source_id and c.external_id = r.order_external_id and c.currency = r.currency;

-- The rate from the order's currency into the workspace's, with its day and source: 1 where both are one, null while none is known.
alter table conversion add column rate numeric check (rate > 0);
alter table conversion add column rate_currency char(3);
alter table conversion add column rate_day date;
alter table conversion add column rate_source text;
-- Amount and refunds in rate_currency, each rounded once, halves up; null while no rate is known.
alter table conversion add column rated_minor bigint;
alter table conversion add column rated_refunded_minor bigint;
update conversion c set rate = 1, rate_currency = w.currency, rate_source = 'same currency', rated_minor = c.amount_minor, rated_refunded_minor = c.refunded_minor
from workspace w where w.id = c.workspace_id and w.currency = c.currency;
-- Serves the orders that wait for a rate.
create index conversion_unrated on conversion (workspace_id, currency, ordered_at) where rate_currency is null;

-- Lines of orders as rows: a view, so that there is one truth. refunded_* follow from the refunds that name the line.
create view order_line with (security_invoker = true) as
select c.workspace_id, c.id as conversion_id, l.place::int as place, l.line ->> 'id' as line_id, l.line ->> 'sku' as sku, l.line ->> 'product' as product,
  l.line ->> 'name' as name, (l.line ->> 'quantity')::int as quantity, (l.line ->> 'totalMinor')::bigint as total_minor,
  coalesce((l.line ->> 'refundedQuantity')::int, 0) as refunded_quantity, coalesce((l.line ->> 'refundedMinor')::bigint, 0) as refunded_minor, c.currency
from conversion c cross join lateral jsonb_array_elements(c.items) with ordinality as l (line, place);
grant select on order_line to rapport_app, rapport_system;

-- Exchange rates: one unit of `base` is `rate` units of `quote` on that day.
create table exchange_rate (
  workspace_id text not null references workspace (id) on delete cascade,
  day date not null,
  base char(3) not null,
  quote char(3) not null,
  rate numeric not null check (rate > 0),
  -- ECB, a file's name, or who entered it.
  source text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, base, quote, day)
);
select enable_workspace_policies('exchange_rate');

-- Whether the daily rates of the European Central Bank are fetched; off where no row is.
create table rate_setting (
  workspace_id text primary key references workspace (id) on delete cascade,
  is_ecb_on boolean not null default false,
  fetched_at timestamptz,
  message text
);
select enable_workspace_policies('rate_setting');

-- Past orders read from a shop page by page; the cursor moves in the transaction that stores a page, so a crash repeats at most one.
create table order_backfill (
  workspace_id text not null,
  id text not null,
  source_id text not null,
  state text not null check (state in ('running', 'done', 'failed', 'cancelled')),
  since timestamptz not null,
  cursor jsonb,
  pages int not null default 0,
  orders_read int not null default 0,
  orders_created int not null default 0,
  orders_updated int not null default 0,
  orders_unchanged int not null default 0,
  orders_refused int not null default 0,
  -- Why it waits or failed, in words.
  message text,
  started_by text not null,
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, source_id) references order_source (workspace_id, id) on delete cascade
);
-- One at a time for each source.
create unique index order_backfill_running on order_backfill (workspace_id, source_id) where state = 'running';
select enable_workspace_policies('order_backfill');
