-- Own hosts for short links. A host serves links once its DNS record was seen; whoever proves it first has it.
create table link_domain (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  -- ASCII (punycode), lower case, without a port.
  host text not null,
  -- What the TXT record has to say.
  token text not null,
  state text not null default 'waiting' check (state in ('waiting', 'live')),
  -- Where the bare host leads; null shows a page that nothing is here.
  root_url text,
  -- Domain attribute of the click's cookie: the shop's own domain above the host; null keeps it to the host.
  cookie_domain text,
  checked_at timestamptz,
  problem text,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, host)
);
create unique index link_domain_live on link_domain (host) where state = 'live';
select enable_workspace_policies('link_domain');

alter table link
  -- Own host the link lives on; null is the installation's.
  add column domain text,
  -- Where visitors go once the link has ended; null shows a page.
  add column expired_url text,
  -- Destinations for some visitors, first match wins: [{countries, devices, systems, target}].
  add column rules jsonb not null default '[]',
  -- Destinations in turns by weight: [{weight, target}]; the first is the link's own.
  add column variants jsonb not null default '[]',
  -- Address within an app by system: {ios: {opens, store}, android: {opens, store}}.
  add column apps jsonb,
  add column password_hash text,
  -- Null follows the workspace.
  add column cookies text check (cookies in ('always', 'consent', 'never')),
  add column tags text[] not null default '{}',
  add constraint link_domain_fk foreign key (workspace_id, domain) references link_domain (workspace_id, host);
drop index link_slug;
drop index link_slug_skeleton;
-- Serves the redirect table and keeps slugs of one host apart over all workspaces.
create unique index link_slug on link (slug, domain) nulls not distinct;
-- Refuses a slug that looks like another one on the same host.
create unique index link_slug_skeleton on link (slug_skeleton, domain) nulls not distinct;
-- Serves the redirect table, which reads links by id alone over all workspaces, and the drain.
create unique index link_id on link (id);
-- Serves the filter by tag.
create index link_tags on link using gin (tags);

-- What a workspace says of its links and clicks; the defaults stand where no row is.
create table tracking_setting (
  workspace_id text primary key references workspace (id) on delete cascade,
  cookies text not null default 'always' check (cookies in ('always', 'consent', 'never')),
  -- Cookie that tells of consent, `name` or `name=part of its value`.
  consent_cookie text,
  cookie_days int not null default 30 check (cookie_days between 1 and 400),
  -- Hosts links may lead to, with everything below them; empty allows all.
  destination_hosts text[] not null default '{}',
  -- Hosts whose visits are not counted, beside the built-in rule.
  spam_hosts text[] not null default '{}',
  -- Visits from data centres: counted or not. Counted unless the workspace says otherwise: the blocks known are not proven against announcements.
  drops_datacentres boolean not null default false,
  -- Hits of one address on one link within one clock minute that count at most.
  velocity_max int not null default 60 check (velocity_max between 1 and 100000),
  updated_at timestamptz not null default now()
);
select enable_workspace_policies('tracking_setting');

create table utm_template (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null,
  -- Without prefix; {platform}, {campaign}, {creator} stand for what the link knows.
  utm jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
select enable_workspace_policies('utm_template');

-- What a link's destination answered last.
create table link_health (
  workspace_id text not null,
  link_id text not null,
  -- The address that was asked.
  target text not null,
  state text not null check (state in ('ok', 'broken', 'unknown')),
  status int,
  problem text,
  checked_at timestamptz not null,
  -- Since when it is in this state.
  since timestamptz not null,
  primary key (workspace_id, link_id),
  foreign key (workspace_id, link_id) references link (workspace_id, id) on delete cascade
);
-- Serves the list of broken links.
create index link_health_broken on link_health (workspace_id) where state = 'broken';
select enable_workspace_policies('link_health');

alter table click
  add column os text,
  -- Channel group of the referring page.
  add column channel text,
  -- True when the QR code was read.
  add column is_qr boolean,
  -- given, refused or unasked: what the visitor said of cookies.
  add column consent text,
  -- Which destination was taken: rule 1, variant 2, app, expired; null is the link's own.
  add column route text;
