-- What a post of a creator has to carry beside what was approved; a deliverable's own row stands over its creator's, field by field.
create table post_expectation (
  workspace_id text not null,
  enrolment_id text not null,
  -- Empty: every deliverable of the creator on the campaign.
  deliverable_id text not null default '',
  links text[] not null default '{}',
  codes text[] not null default '{}',
  hashtags text[] not null default '{}',
  mentions text[] not null default '{}',
  live_from date,
  live_until date,
  updated_by text not null,
  updated_at timestamptz not null,
  check (live_until >= live_from),
  primary key (workspace_id, enrolment_id, deliverable_id),
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id) on delete cascade
);
select enable_workspace_policies('post_expectation');

-- A post that is live for a submission, and when it is looked at next.
create table live_post (
  workspace_id text not null,
  submission_id text not null,
  url text not null,
  url_key text not null,
  given_by text not null,
  given_at timestamptz not null,
  live_at timestamptz,
  -- Its row among the creator's posts, once it was read there.
  post_id text,
  -- Hash of what was last read, so that only a changed post is looked at again.
  seen_hash text,
  seen_at timestamptz,
  result text not null default 'unknown' check (result in ('ok', 'differs', 'missing', 'unknown')),
  checks int not null default 0,
  -- Index of the next of the planned looks (1, 7 and 30 days after it went live); null when all are done.
  next_look int,
  next_check_at timestamptz,
  gone_at timestamptz,
  -- A member says the post is as it should be although the check does not, and why.
  accepted_by text,
  accepted_reason text,
  accepted_at timestamptz,
  primary key (workspace_id, submission_id),
  foreign key (workspace_id, submission_id) references submission (workspace_id, id) on delete cascade
);
-- Serves the hourly look for posts that are due.
create index live_post_due on live_post (next_check_at) where next_check_at is not null;
create index live_post_url on live_post (workspace_id, url_key);
select enable_workspace_policies('live_post');

-- What one look at a live post found. Never changed.
create table live_check (
  workspace_id text not null,
  id text not null,
  submission_id text not null,
  cause text not null check (cause in ('given', 'import', 'planned', 'asked', 'seen')),
  result text not null check (result in ('ok', 'differs', 'missing', 'unknown')),
  -- [{point, result, expected, found, detail}].
  findings jsonb not null,
  -- What was read: address, caption, date, account, label, source; null when nothing could be.
  seen jsonb,
  evidence_id text,
  checked_by text not null,
  checked_at timestamptz not null,
  place bigint not null default (extract(epoch from clock_timestamp()) * 1000000)::bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, submission_id) references submission (workspace_id, id) on delete cascade
);
create index live_check_submission on live_check (workspace_id, submission_id, place);
select enable_workspace_policies('live_check');
