-- One connection a shop: the key is entered once and used for products, codes and past orders. What each use keeps for itself stands in a table of its own.
alter table shop drop constraint shop_kind_check;
alter table shop add constraint shop_kind_check check (kind in ('shopify', 'woocommerce', 'stripe'));
alter table shop
  -- Address of the shop as customers see it; null where there is none.
  add column storefront text,
  -- What a person lets it be used for.
  add column uses text[] not null default '{products}' check (uses <@ array['products', 'codes', 'orders']),
  -- What the key may not do, by use: {"codes": ["write_discounts"]}. A use that is not there lacks nothing that is known.
  add column lacks jsonb not null default '{}',
  -- Under which purpose `credentials` was sealed: keys from before stay sealed as they were until a new one is entered.
  add column sealed_as text not null default 'shops' check (sealed_as in ('shops', 'code-shops')),
  -- A shop that was connected once for products and once for codes keeps both keys until a new one takes their place. Sealed as 'code-shops'.
  add column codes_credentials bytea;
alter table shop alter column uses drop default;

-- What is kept of a shop whose products are given away.
create table shop_catalogue (
  workspace_id text not null,
  shop_id text not null,
  -- The shop is connected and used for products; follows the connection in its transaction.
  is_on boolean not null,
  -- The reading of products under way, and when one ended last.
  sync_run text,
  sync_started_at timestamptz,
  sync_ended_at timestamptz,
  sync_counts jsonb not null default '{}',
  sync_message text,
  primary key (workspace_id, shop_id),
  foreign key (workspace_id, shop_id) references shop (workspace_id, id) on delete cascade
);
insert into shop_catalogue (workspace_id, shop_id, is_on, sync_run, sync_started_at, sync_ended_at, sync_counts, sync_message)
select workspace_id, id, disconnected_at is null, sync_run, sync_started_at, sync_ended_at, sync_counts, sync_message from shop;
-- After its rows: the policies hold the owner too.
select enable_workspace_policies('shop_catalogue');
alter table shop drop column sync_run, drop column sync_started_at, drop column sync_ended_at, drop column sync_counts, drop column sync_message;

-- Shops of codes: the same shop by kind and address takes the id of the one whose products are read, any other becomes a shop of its own.
create temporary table code_shop_move on commit drop as
select c.workspace_id, c.id as old_id, coalesce(s.id, c.id) as new_id from code_shop c
left join shop s on s.workspace_id = c.workspace_id and s.kind = c.kind and s.address = c.address;

update shop s set
  uses = case when (s.disconnected_at is null) = (c.disconnected_at is null) then array['products', 'codes', 'orders']
    when s.disconnected_at is null then array['products'] else array['codes', 'orders'] end,
  credentials = case when s.disconnected_at is null then s.credentials else c.credentials end,
  sealed_as = case when s.disconnected_at is not null and c.disconnected_at is null then 'code-shops' else 'shops' end,
  codes_credentials = case when s.disconnected_at is null and c.disconnected_at is null then c.credentials end,
  state = case when s.disconnected_at is null and s.state = 'failing' or c.disconnected_at is null and c.state = 'failing' then 'failing' else 'working' end,
  message = case when s.disconnected_at is null and s.message is not null then s.message when c.disconnected_at is null then c.message end,
  storefront = c.storefront,
  currency = coalesce(s.currency, c.currency),
  created_at = least(s.created_at, c.created_at),
  disconnected_at = case when s.disconnected_at is not null and c.disconnected_at is not null then greatest(s.disconnected_at, c.disconnected_at) end
from code_shop c where c.workspace_id = s.workspace_id and c.kind = s.kind and c.address = s.address;

insert into shop (workspace_id, id, kind, address, name, currency, storefront, uses, sealed_as, credentials, state, message, created_by, created_at, disconnected_at)
select c.workspace_id, c.id, c.kind, c.address, c.name, c.currency, c.storefront, array['codes', 'orders'], 'code-shops', c.credentials, c.state, c.message, c.created_by,
  c.created_at, c.disconnected_at
from code_shop c join code_shop_move m on m.workspace_id = c.workspace_id and m.old_id = c.id and m.new_id = c.id;

-- Whatever named the shop by its id for codes names it by the one it has now.
alter table code_in_shop drop constraint code_in_shop_workspace_id_shop_id_fkey;
update code_shop c set id = m.new_id from code_shop_move m where m.workspace_id = c.workspace_id and m.old_id = c.id and m.new_id <> m.old_id;
update code_in_shop i set shop_id = m.new_id from code_shop_move m where m.workspace_id = i.workspace_id and m.old_id = i.shop_id and m.new_id <> m.old_id;
update order_backfill b set cursor = jsonb_set(b.cursor, '{shopId}', to_jsonb(m.new_id))
from code_shop_move m where m.workspace_id = b.workspace_id and m.old_id = b.cursor ->> 'shopId' and m.new_id <> m.old_id;
update discount_code d set scope_items = (
  select jsonb_agg(case when m.new_id is null then i.item else jsonb_set(i.item, '{shopId}', to_jsonb(m.new_id)) end order by i.place)
  from jsonb_array_elements(d.scope_items) with ordinality as i (item, place)
  left join code_shop_move m on m.workspace_id = d.workspace_id and m.old_id = i.item ->> 'shopId'
)
where jsonb_array_length(d.scope_items) > 0;

alter table code_shop rename column id to shop_id;
-- The shop is connected and used for codes; follows the connection in its transaction.
alter table code_shop add column is_on boolean not null default true;
update code_shop set is_on = disconnected_at is null;
alter table code_shop alter column is_on drop default;
alter table code_shop drop column kind, drop column address, drop column name, drop column currency, drop column credentials, drop column state, drop column message,
  drop column storefront, drop column created_by, drop column disconnected_at;
alter table code_shop add foreign key (workspace_id, shop_id) references shop (workspace_id, id) on delete cascade;
alter table code_in_shop add foreign key (workspace_id, shop_id) references code_shop (workspace_id, shop_id) on delete cascade;
