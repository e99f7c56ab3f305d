-- A place where staff take codes by hand. Whoever holds its link may look codes up and redeem them there, and nothing else.
create table till (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null check (length(name) between 1 and 120),
  place text not null default '' check (length(place) <= 200),
  currency char(3) not null,
  source_id text not null,
  token_hash bytea not null unique,
  -- The token itself, sealed with a key of this installation, for the poster.
  token_sealed text not null,
  is_open boolean not null default true,
  -- Calls within a minute and wrong codes within a quarter of an hour, against guessing.
  window_at timestamptz,
  window_calls int not null default 0,
  wrong_at timestamptz,
  wrong_tries int not null default 0,
  seen_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, name),
  foreign key (workspace_id, source_id) references order_source (workspace_id, id)
);
select enable_workspace_policies('till');

-- What was noted at a till: a code redeemed with a purchase, or a visit because of a creator.
create table till_event (
  workspace_id text not null,
  id text not null,
  till_id text not null,
  kind text not null check (kind in ('redeemed', 'visit')),
  -- Made by the phone, so that a repeat is the same event.
  key text not null check (length(key) between 8 and 100),
  code_id text not null,
  -- Paid after the discount, minor units of the till's currency; null for a visit.
  amount_minor bigint check (amount_minor >= 0),
  discount_minor bigint check (discount_minor >= 0),
  receipt text,
  -- HMAC of what the customer was known by, where the code is for once.
  customer_hash bytea,
  conversion_id text,
  external_id text,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  undone_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, till_id, key),
  foreign key (workspace_id, till_id) references till (workspace_id, id) on delete cascade,
  foreign key (workspace_id, code_id) references discount_code (workspace_id, id)
);
-- One receipt redeems one code, until that is undone.
create unique index till_event_receipt on till_event (workspace_id, till_id, external_id) where kind = 'redeemed' and undone_at is null;
create index till_event_newest on till_event (workspace_id, till_id, happened_at desc, id desc);
create index till_event_code on till_event (workspace_id, code_id) where undone_at is null;
select enable_workspace_policies('till_event');
