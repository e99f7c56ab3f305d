-- What each comment is: the models' labels, what a person set instead, and the labels that count, which follow from both by themselves.
-- `is_due`: still to be read, because it is new, its text changed, or a newer model shipped.
create table comment_class (
  workspace_id text not null,
  comment_id text not null,
  post_id text not null,
  profile_id text not null,
  -- Platform and handle in lower case, so that one commenter is one key; null when the data name nobody.
  author_key text,
  is_own boolean not null,
  commented_at timestamptz,
  is_due boolean not null default true,
  model_version text,
  classified_at timestamptz,
  language text,
  language_confidence real,
  model_kind text check (model_kind in ('spam_promo', 'tag_only', 'emoji_only', 'conversation', 'specific_praise', 'generic_praise')),
  spam_probability real check (spam_probability between 0 and 1),
  model_is_spam boolean,
  model_sentiment text check (model_sentiment in ('negative', 'neutral', 'positive')),
  sentiment_score real,
  sentiment_confidence real,
  model_intents text[],
  model_target text check (model_target in ('brand', 'creator', 'other', 'unknown')),
  word_count int,
  reasons jsonb not null default '[]',
  -- 64 bytes that two texts share in proportion to their likeness; null where a text is too short to tell copies from chance.
  signature bytea,
  duplicate_group text,
  fixed_kind text check (fixed_kind in ('spam_promo', 'tag_only', 'emoji_only', 'conversation', 'specific_praise', 'generic_praise')),
  fixed_is_spam boolean,
  fixed_sentiment text check (fixed_sentiment in ('negative', 'neutral', 'positive')),
  fixed_intents text[],
  fixed_target text check (fixed_target in ('brand', 'creator', 'other', 'unknown')),
  kind text generated always as (coalesce(fixed_kind, case when fixed_is_spam then 'spam_promo' end, model_kind)) stored,
  is_spam boolean generated always as (coalesce(fixed_is_spam, fixed_kind = 'spam_promo', model_is_spam)) stored,
  sentiment text generated always as (coalesce(fixed_sentiment, model_sentiment)) stored,
  intents text[] generated always as (coalesce(fixed_intents, model_intents)) stored,
  target text generated always as (coalesce(fixed_target, model_target)) stored,
  primary key (workspace_id, comment_id),
  foreign key (workspace_id, comment_id) references comment (workspace_id, id) on delete cascade
);
-- Serves a creator's comments, newest first, and their sums.
create index comment_class_profile on comment_class (workspace_id, profile_id, commented_at desc nulls last, comment_id desc);
-- Serves the sums of posts.
create index comment_class_post on comment_class (workspace_id, post_id);
-- Serve what is still to be read, and what a newer model has to read again.
create index comment_class_due on comment_class (workspace_id, comment_id) where is_due;
create index comment_class_version on comment_class (model_version) where not is_due;
create index comment_class_group on comment_class (workspace_id, duplicate_group) where duplicate_group is not null;
create index comment_class_author on comment_class (workspace_id, author_key) where author_key is not null;
select enable_workspace_policies('comment_class');

-- Every correction of a label with its reason; the newest that is not undone is what counts in comment_class.
create table comment_correction (
  workspace_id text not null,
  id text not null,
  comment_id text not null,
  before jsonb not null,
  after jsonb not null,
  reason text not null check (length(reason) between 1 and 2000),
  corrected_by text not null,
  corrected_by_name text not null,
  corrected_at timestamptz not null,
  undone_at timestamptz,
  undone_by_name text,
  primary key (workspace_id, id),
  foreign key (workspace_id, comment_id) references comment (workspace_id, id) on delete cascade
);
create index comment_correction_newest on comment_correction (workspace_id, comment_id, corrected_at desc, id desc);
select enable_workspace_policies('comment_correction');

-- Comments that came in before they were read.
insert into comment_class (workspace_id, comment_id, post_id, profile_id, author_key, is_own, commented_at)
select c.workspace_id, c.id, c.post_id, p.profile_id,
  case when btrim(c.author_handle, ' @') = '' then null else f.platform || ':' || lower(btrim(c.author_handle, ' @')) end,
  coalesce(lower(btrim(c.author_handle, ' @')) = lower(f.handle), false), c.commented_at
from comment c
join post p on p.workspace_id = c.workspace_id and p.id = c.post_id
join profile f on f.workspace_id = p.workspace_id and f.id = p.profile_id;
