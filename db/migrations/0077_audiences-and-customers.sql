-- Brands that are looked after: the workspace's own and those beside it, by the names under which posts speak of them.
create table watched_brand (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null check (length(name) between 1 and 120),
  is_own boolean not null default false,
  -- In lower case, without @ and #, as posts keep them.
  handles text[] not null default '{}',
  hashtags text[] not null default '{}',
  keywords text[] not null default '{}',
  owner_id text not null,
  owner_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
-- Two brands of one name would be taken for one another.
create unique index watched_brand_name on watched_brand (workspace_id, lower(name));
select enable_workspace_policies('watched_brand');

-- Who follows a profile or a brand, from a file: keyed hashes of 53 bits, ascending, 8 bytes each, so that no follower can be read from it.
create table follower_set (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  profile_id text,
  brand_id text,
  platform text not null check (platform in ('instagram', 'tiktok', 'youtube', 'pinterest', 'blog')),
  id_kind text not null check (id_kind in ('id', 'handle')),
  coverage text not null check (coverage in ('complete', 'sample')),
  -- Different followers in the file.
  size bigint not null check (size > 0),
  -- Followers it stands for: its size when complete, what was stated when it is a sample.
  total bigint not null check (total >= size),
  -- all: every hash; smallest: the 65,536 smallest of a complete file, from which the rest is estimated.
  kept text not null check (kept in ('all', 'smallest')),
  hashes bytea not null,
  taken_on date not null,
  source text not null,
  file_name text not null,
  imported_by text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check ((profile_id is null) <> (brand_id is null)),
  check (octet_length(hashes) % 8 = 0),
  foreign key (workspace_id, profile_id) references profile (workspace_id, id) on delete cascade,
  foreign key (workspace_id, brand_id) references watched_brand (workspace_id, id) on delete cascade
);
-- One file a source and day: the same again replaces it. Serves the newest set of a profile or brand.
create unique index follower_set_of on follower_set (workspace_id, coalesce(profile_id, brand_id), platform, taken_on desc, source);
-- Serves the foreign keys and the sets of many profiles.
create index follower_set_profile on follower_set (workspace_id, profile_id);
create index follower_set_brand on follower_set (workspace_id, brand_id);
-- Hashes do not compress.
alter table follower_set alter column hashes set storage external;
select enable_workspace_policies('follower_set');

-- Customers of the brand from files, to find the creators among them. Known by keyed hashes; the address itself only where somebody chose to keep it.
create table customer (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  -- Hash of the e-mail address, or of platform and handle when no address was given.
  key_hash bytea not null,
  email_hash bytea,
  handle_hashes bytea[] not null default '{}',
  email text,
  orders_count bigint check (orders_count >= 0),
  value_minor bigint,
  currency char(3),
  first_order_on date,
  last_order_on date,
  source text not null,
  seen_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, key_hash),
  check ((value_minor is null) = (currency is null))
);
-- Serve the match of creators that change later.
create index customer_email on customer (workspace_id, email_hash) where email_hash is not null;
create index customer_handles on customer using gin (handle_hashes) where handle_hashes <> '{}';
select enable_workspace_policies('customer');

-- A customer that is, or may be, a creator.
create table customer_match (
  workspace_id text not null,
  customer_id text not null,
  person_id text not null,
  -- email and handle are certain; name and local_part (what stands before the @) are possible until a person decides.
  signs text[] not null check (cardinality(signs) > 0 and signs <@ array['email', 'handle', 'name', 'local_part']),
  decision text check (decision in ('confirmed', 'rejected')),
  decided_by text,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, customer_id, person_id),
  foreign key (workspace_id, customer_id) references customer (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves the customers of a person.
create index customer_match_person on customer_match (workspace_id, person_id);
select enable_workspace_policies('customer_match');
