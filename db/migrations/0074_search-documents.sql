-- What the second engine of the search reads: creators as the index in memory has them, one row a person, one a profile, one for its words.
-- Derived from the creators; filled only for workspaces whose searches run on the database. Every table is distributed by workspace_id and
-- has no trigger and no foreign key, so that Citus takes it. Text is compared by code point; see docs/decisions/0034.
create table search_person (
  workspace_id text not null,
  person_id text collate "C" not null,
  name text collate "C",
  -- Sets hold folded values. Null is not known; sets that are always known are never null.
  niche text[] collate "C",
  country text[] collate "C",
  region text[] collate "C",
  city text[] collate "C",
  language text[] collate "C",
  tag text[] collate "C" not null,
  owner text[] collate "C" not null,
  contact text[] collate "C",
  network text[] collate "C",
  sponsor text[] collate "C",
  interest text[] collate "C",
  declared_gender text[] collate "C",
  format text[] collate "C",
  home text[] collate "C",
  post_place text[] collate "C",
  price text[] collate "C",
  declared_age double precision,
  has_email boolean not null,
  open_to_gifting boolean,
  suppressed boolean not null,
  -- What other modules state, by name: figures, flags, folded words.
  fact_numbers jsonb not null,
  fact_flags jsonb not null,
  fact_sets jsonb not null,
  primary key (workspace_id, person_id)
);
-- Serves filters of sets, alone and together. Without a list of what is still to be sorted in, which every search would read.
create index search_person_sets on search_person using gin
  (niche, country, region, city, language, tag, owner, contact, sponsor, interest, home, post_place) with (fastupdate = off);
select enable_workspace_policies('search_person');

-- A person without profiles has one row of which nothing is known.
create table search_profile (
  workspace_id text not null,
  person_id text collate "C" not null,
  place int not null,
  profile_id text,
  handle text collate "C",
  platform text[] collate "C",
  category text[] collate "C",
  account_type text[] collate "C",
  -- Exactly the figures the index in memory has; instants are milliseconds since 1970.
  followers double precision,
  following double precision,
  posts double precision,
  engagement_rate double precision,
  engagements double precision,
  avg_likes double precision,
  avg_comments double precision,
  avg_views double precision,
  avg_shares double precision,
  avg_saves double precision,
  median_engagement_rate double precision,
  median_engagements double precision,
  median_likes double precision,
  median_comments double precision,
  median_views double precision,
  posts_per_week double precision,
  avg_duration_s double precision,
  sponsored_posts double precision,
  sponsored_share double precision,
  audience_credibility double precision,
  adult_share double precision,
  growth1m double precision,
  growth2m double precision,
  growth3m double precision,
  growth4m double precision,
  growth5m double precision,
  growth6m double precision,
  likes_growth1m double precision,
  likes_growth2m double precision,
  likes_growth3m double precision,
  likes_growth4m double precision,
  likes_growth5m double precision,
  likes_growth6m double precision,
  views_growth1m double precision,
  views_growth2m double precision,
  views_growth3m double precision,
  views_growth4m double precision,
  views_growth5m double precision,
  views_growth6m double precision,
  last_post double precision,
  refreshed double precision,
  verified boolean,
  private boolean,
  has_sponsored boolean,
  affiliate boolean,
  official_artist boolean,
  lda_compliant boolean,
  -- Ten-thousandths of the audience by field and folded value.
  shares jsonb not null,
  primary key (workspace_id, person_id, place)
);
-- Serve filters of size, engagement and freshness, and counting who is not known.
create index search_profile_followers on search_profile (workspace_id, followers);
create index search_profile_engagement on search_profile (workspace_id, engagement_rate);
create index search_profile_last_post on search_profile (workspace_id, last_post);
select enable_workspace_policies('search_profile');

create table search_text (
  workspace_id text not null,
  person_id text collate "C" not null,
  -- The different words of a person and, in the same places, the zones each stands in with its step of captions (rules/tokens.ts).
  words text[] collate "C" not null,
  masks smallint[] not null,
  -- The words of each zone in their order; an empty one parts two texts.
  name text[] collate "C" not null,
  handle text[] collate "C" not null,
  bio text[] collate "C" not null,
  hashtags text[] collate "C" not null,
  mentions text[] collate "C" not null,
  captions text[] collate "C" not null,
  primary key (workspace_id, person_id)
);
-- Serves words, alone and together.
create index search_text_words on search_text using gin (words) with (fastupdate = off);
select enable_workspace_policies('search_text');

-- Values of sets: the folded one and its first spelling, which is shown.
create table search_value (
  workspace_id text not null,
  field text not null,
  value text collate "C" not null,
  shown text not null,
  shown_order text collate "C" not null,
  primary key (workspace_id, field, value)
);
select enable_workspace_policies('search_value');

-- Every word of the texts, for beginnings and slips.
create table search_word (
  workspace_id text not null,
  word text collate "C" not null,
  units int not null,
  primary key (workspace_id, word)
);
-- Serves words about as long as one that nobody has.
create index search_word_units on search_word (workspace_id, units);
select enable_workspace_policies('search_word');

-- Facts by name that were ever a figure or a flag; all others are words.
create table search_fact (
  workspace_id text not null,
  fact text not null,
  kind text not null check (kind in ('number', 'flag')),
  primary key (workspace_id, fact, kind)
);
select enable_workspace_policies('search_fact');

-- How far the tables of a workspace are filled. Without a row nothing is kept for it.
create table search_build (
  workspace_id text not null primary key references workspace (id) on delete cascade,
  state text not null check (state in ('filling', 'ready')),
  layout int not null,
  after_person_id text collate "C" not null,
  filled bigint not null,
  started_at timestamptz not null,
  finished_at timestamptz
);
select enable_workspace_policies('search_build');
