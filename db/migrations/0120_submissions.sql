-- What a creator hands in against a deliverable: one thread a deliverable, its rounds below it.
create table submission (
  workspace_id text not null,
  id text not null,
  campaign_id text not null,
  enrolment_id text not null,
  deliverable_id text not null,
  person_id text not null,
  state text not null check (state in ('draft', 'pending_approval', 'changes_requested', 'approved', 'scheduled', 'live', 'verified', 'withdrawn')),
  state_since timestamptz not null,
  -- Newest round; 0 when a post went live that was never handed in.
  round int not null default 0 check (round >= 0),
  approved_round int,
  scheduled_for timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, deliverable_id),
  foreign key (workspace_id, deliverable_id) references deliverable (workspace_id, id) on delete cascade
);
-- Serves the drafts of a campaign, of a creator, and the open work of a workspace.
create index submission_campaign on submission (workspace_id, campaign_id, state_since desc, id desc);
create index submission_person on submission (workspace_id, person_id);
create index submission_state on submission (workspace_id, state, state_since, id) where state in ('draft', 'pending_approval', 'changes_requested', 'approved', 'scheduled');
select enable_workspace_policies('submission');

create table submission_round (
  workspace_id text not null,
  submission_id text not null,
  number int not null check (number >= 1),
  outcome text not null check (outcome in ('draft', 'open', 'changes_requested', 'approved', 'withdrawn')),
  caption text not null default '' check (length(caption) <= 20000),
  note text not null default '' check (length(note) <= 4000),
  -- A private place where a video can be seen that is too large to send.
  video_url text check (length(video_url) <= 2000),
  spoken_text text check (length(spoken_text) <= 20000),
  on_screen_text text check (length(on_screen_text) <= 4000),
  -- Keys of the guidelines of the brief the creator ticked.
  ticks text[] not null default '{}',
  brief_version int not null default 0,
  -- Verdict on the labelling of the caption that counts, as it was when it was handed in or repaired.
  disclosure jsonb,
  -- A caption a member proposes; of an approved round it is the approved one.
  proposed_caption text check (length(proposed_caption) <= 20000),
  proposed_by text,
  proposed_at timestamptz,
  confirmed_at timestamptz,
  submitted_at timestamptz,
  submitted_by text,
  submitted_by_kind text check (submitted_by_kind in ('creator', 'member')),
  decided_at timestamptz,
  -- Why a draft with a failing label was approved all the same.
  overrule_reason text,
  overruled_by text,
  -- Why this round was granted beyond those agreed.
  allowance_reason text,
  allowed_by text,
  -- After this day nobody who did not answer is waited for; null: for ever.
  auto_approve_after date,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, submission_id, number),
  foreign key (workspace_id, submission_id) references submission (workspace_id, id) on delete cascade
);
-- Serves the daily look for rounds nobody answered.
create index submission_round_auto on submission_round (auto_approve_after) where outcome = 'open' and auto_approve_after is not null;
select enable_workspace_policies('submission_round');

create table submission_file (
  workspace_id text not null,
  submission_id text not null,
  number int not null,
  file_id text not null,
  position int not null,
  primary key (workspace_id, submission_id, number, file_id),
  foreign key (workspace_id, submission_id, number) references submission_round (workspace_id, submission_id, number) on delete cascade,
  foreign key (workspace_id, file_id) references stored_file (workspace_id, id)
);
-- Serves "who else names this file?".
create index submission_file_file on submission_file (workspace_id, file_id);
select enable_workspace_policies('submission_file');

-- What each reviewer said to a round, in order; the newest of a role counts.
create table submission_decision (
  workspace_id text not null,
  id text not null,
  submission_id text not null,
  number int not null,
  role text not null check (role in ('manager', 'legal', 'client')),
  decision text not null check (decision in ('approved', 'changes_requested')),
  note text not null default '' check (length(note) <= 4000),
  is_automatic boolean not null default false,
  decided_by text not null,
  decided_by_id text not null,
  decided_at timestamptz not null,
  -- Order of writing: two decisions may fall into one millisecond.
  place bigint not null default (extract(epoch from clock_timestamp()) * 1000000)::bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, submission_id, number) references submission_round (workspace_id, submission_id, number) on delete cascade
);
create index submission_decision_round on submission_decision (workspace_id, submission_id, number, place);
select enable_workspace_policies('submission_decision');

-- A remark to a round: to all of it, a place of a picture, a second of a video or a span of the caption.
create table review_comment (
  workspace_id text not null,
  id text not null,
  submission_id text not null,
  number int not null,
  reply_to text,
  author_kind text not null check (author_kind in ('member', 'client', 'creator')),
  author_id text not null,
  author_name text not null check (length(author_name) between 1 and 200),
  body text not null check (length(body) between 1 and 4000),
  visibility text not null check (visibility in ('team', 'client', 'everyone')),
  file_id text,
  -- Shares of width and height, from the upper left.
  x real check (x between 0 and 1),
  y real check (y between 0 and 1),
  second real check (second >= 0),
  span_start int check (span_start >= 0),
  span_end int,
  resolved_at timestamptz,
  resolved_by text,
  created_at timestamptz not null,
  place bigint not null default (extract(epoch from clock_timestamp()) * 1000000)::bigint,
  check ((x is null) = (y is null)),
  check ((span_start is null) = (span_end is null) and span_end > span_start),
  primary key (workspace_id, id),
  foreign key (workspace_id, submission_id, number) references submission_round (workspace_id, submission_id, number) on delete cascade
);
create index review_comment_round on review_comment (workspace_id, submission_id, number, place);
select enable_workspace_policies('review_comment');

-- How the drafts of a campaign are reviewed; no row: one manager, no automatic approval, as many rounds as the contract says.
create table review_setting (
  workspace_id text not null,
  campaign_id text not null,
  required_roles text[] not null check (cardinality(required_roles) between 1 and 3 and required_roles <@ array['manager', 'legal', 'client']),
  auto_approve_days int check (auto_approve_days between 1 and 30),
  revisions_max int check (revisions_max between 0 and 20),
  -- Whether the address of a live post is asked for, to notice posts that are gone.
  looks_at_address boolean not null default false,
  updated_by text not null,
  updated_at timestamptz not null,
  primary key (workspace_id, campaign_id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
select enable_workspace_policies('review_setting');

-- Members who speak for a role; a role without any is open to every member who may decide on drafts.
create table campaign_reviewer (
  workspace_id text not null,
  campaign_id text not null,
  role text not null check (role in ('manager', 'legal', 'client')),
  user_id text not null,
  name text not null,
  primary key (workspace_id, campaign_id, role, user_id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
select enable_workspace_policies('campaign_reviewer');

-- What a link for a reviewer outside shows and allows; the link itself is a guest_link of the same id.
create table review_link (
  workspace_id text not null,
  id text not null,
  campaign_id text not null,
  role text not null check (role in ('legal', 'client')),
  can_decide boolean not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
create index review_link_campaign on review_link (workspace_id, campaign_id, id);
select enable_workspace_policies('review_link');

-- The days a workspace does not work; no row: Saturday and Sunday.
create table business_calendar (
  workspace_id text not null primary key references workspace (id) on delete cascade,
  weekdays_off int[] not null check (weekdays_off <@ array[1, 2, 3, 4, 5, 6, 7] and cardinality(weekdays_off) <= 6),
  -- [{day, name}], by day.
  holidays jsonb not null default '[]',
  updated_by text not null,
  updated_at timestamptz not null
);
select enable_workspace_policies('business_calendar');
