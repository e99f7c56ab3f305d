-- A key that stands in the open on a shop's pages: it can add and never read.
create table snippet_key (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  source_id text not null,
  key text not null unique,
  -- Hosts whose pages may use it, with everything below those that begin with a dot.
  hosts text[] not null check (cardinality(hosts) between 1 and 50),
  consent text not null check (consent in ('store', 'wait', 'cookieless')),
  seen_at timestamptz,
  seen_host text,
  created_by text not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, source_id) references order_source (workspace_id, id) on delete cascade
);
select enable_workspace_policies('snippet_key');

-- What a browser said of an order: once for ever, the first word counts. The shop's own word decides amounts; the clicks come from here.
create table browser_word (
  workspace_id text not null,
  source_id text not null,
  external_id text not null,
  click_ids text[] not null default '{}',
  codes text[] not null default '{}',
  host text not null,
  told_at timestamptz not null,
  primary key (workspace_id, source_id, external_id),
  foreign key (workspace_id, source_id) references order_source (workspace_id, id) on delete cascade
);
select enable_workspace_policies('browser_word');

-- False while only a browser spoke of the order.
alter table conversion add column is_verified boolean not null default true;
