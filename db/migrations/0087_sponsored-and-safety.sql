-- What the brand is matched by besides words: its brief, values, own accounts, wanted audience, and how long rivals must be out of a feed.
alter table brand_profile add column brief text not null default '';
alter table brand_profile add column brand_values text[] not null default '{}';
alter table brand_profile add column handles text[] not null default '{}';
alter table brand_profile add column audience jsonb not null default '{}';
alter table brand_profile add column competitor_days int not null default 90 check (competitor_days between 1 and 1095);
alter table brand_profile add column exclusive_from date;
alter table brand_profile add column exclusive_to date;
alter table brand_profile add check (exclusive_from <= exclusive_to);

-- What a person said of a post: paid for or not, and by whom. It counts instead of what the rules find, until it is taken back.
create table sponsored_correction (
  workspace_id text not null,
  post_id text not null,
  is_sponsored boolean not null,
  brands text[] not null default '{}',
  reason text not null default '',
  corrected_by text not null,
  corrected_by_name text not null,
  corrected_at timestamptz not null,
  primary key (workspace_id, post_id),
  foreign key (workspace_id, post_id) references post (workspace_id, id) on delete cascade
);
select enable_workspace_policies('sponsored_correction');

-- Words of a workspace's own for brand safety: those that flag a text, and those that say a flagged word is harmless here.
create table safety_list (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null check (length(name) between 1 and 80),
  category text not null,
  effect text not null check (effect in ('flag', 'allow')),
  words text[] not null,
  version int not null default 1,
  updated_by_name text not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index safety_list_name on safety_list (workspace_id, lower(name));
select enable_workspace_policies('safety_list');

-- Categories a workspace does not look for, such as alcohol for a winery; `version` counts every change of words or categories.
create table safety_settings (
  workspace_id text not null references workspace (id) on delete cascade,
  off text[] not null default '{}',
  version int not null default 1,
  primary key (workspace_id)
);
select enable_workspace_policies('safety_settings');

-- A word of a list in a text of a creator. It stays while the text has the word; what a person decided on it stays with it.
create table safety_flag (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  profile_id text not null,
  place text not null check (place in ('post', 'bio')),
  -- The post's id, or the profile's.
  place_id text not null,
  category text not null,
  word text not null,
  language text,
  list_version text not null,
  excerpt text not null,
  posted_at timestamptz,
  url text,
  found_at timestamptz not null,
  -- Since when the text has the word no more, or its list or category is off; what was decided is kept for when it comes back.
  gone_at timestamptz,
  state text not null default 'open' check (state in ('open', 'dismissed')),
  reason text,
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, place_id, category, word),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade,
  foreign key (workspace_id, profile_id) references profile (workspace_id, id) on delete cascade
);
create index safety_flag_person on safety_flag (workspace_id, person_id);
-- Serves the list of a workspace, newest found first.
create index safety_flag_newest on safety_flag (workspace_id, found_at desc, id desc);
select enable_workspace_policies('safety_flag');

-- Who was searched for such words, when, by which lists; `due_at` is set while texts or lists changed since.
create table safety_scan (
  workspace_id text not null,
  person_id text not null,
  due_at timestamptz,
  scanned_at timestamptz,
  lists_version text,
  texts int not null default 0,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
create index safety_scan_due on safety_scan (workspace_id, due_at, person_id) where due_at is not null;
select enable_workspace_policies('safety_scan');
-- Everybody who is here already is searched in the background.
insert into safety_scan (workspace_id, person_id, due_at) select workspace_id, id, now() from person;
