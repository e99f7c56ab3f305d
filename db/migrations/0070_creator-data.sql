-- What a person is, as declared or imported, never guessed; `contacts` are ways of contact beside e-mail and phone, written kind:value.
alter table person
  add column gender text,
  add column age smallint check (age between 13 and 120),
  add column is_open_to_gifting boolean,
  add column interests text[] not null default '{}',
  add column contacts text[] not null default '{}';

alter table profile add column is_official_artist boolean;

-- Relative change of the average likes and views over 1 to 6 months, as `growth` is of followers. `audience` holds an AudienceRow; its source and
-- date stand in `provenance`.
alter table profile_metric
  add column likes_growth jsonb,
  add column views_growth jsonb;

alter table post
  add column duration_s double precision check (duration_s >= 0),
  add column latitude double precision check (latitude between -90 and 90),
  add column longitude double precision check (longitude between -180 and 180);

-- What a profile's posts say, derived anew with every import of posts: medians, cadence, length, formats, paid posts, brands, places; each statement
-- with its sample size and date. `affiliate_at` is the newest post with a brand mentioned and a link or code.
create table profile_content (
  workspace_id text not null,
  profile_id text not null,
  content jsonb not null,
  affiliate_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, profile_id),
  foreign key (workspace_id, profile_id) references profile (workspace_id, id) on delete cascade
);
-- Serves the profiles whose newest affiliate post has just become too old.
create index profile_content_affiliate on profile_content (affiliate_at) where affiliate_at is not null;
select enable_workspace_policies('profile_content');

-- What a creator takes: from a rate card that was imported, or as the creator said. Format '' is not stated. Published bands are data, not rows.
create table profile_price (
  workspace_id text not null,
  profile_id text not null,
  format text not null,
  currency char(3) not null,
  origin text not null check (origin in ('rate_card', 'creator')),
  amount_minor bigint not null check (amount_minor >= 0),
  source text not null,
  observed_at timestamptz not null,
  primary key (workspace_id, profile_id, format, currency, origin),
  foreign key (workspace_id, profile_id) references profile (workspace_id, id) on delete cascade
);
select enable_workspace_policies('profile_price');
