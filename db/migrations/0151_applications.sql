-- A creator asked onto a campaign, and what they answered.
create table campaign_invitation (
  workspace_id text not null,
  enrolment_id text not null,
  campaign_id text not null,
  person_id text not null,
  message text not null default '' check (length(message) <= 5000),
  respond_by date,
  sent_by text not null,
  sent_at timestamptz not null,
  answer text check (answer in ('accepted', 'declined', 'countered')),
  answer_reason text check (length(answer_reason) <= 2000),
  answered_at timestamptz,
  check ((answer is null) = (answered_at is null)),
  primary key (workspace_id, enrolment_id),
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id) on delete cascade
);
-- Serves the invitations of a creator, and those of a campaign.
create index campaign_invitation_person on campaign_invitation (workspace_id, person_id);
create index campaign_invitation_campaign on campaign_invitation (workspace_id, campaign_id);
select enable_workspace_policies('campaign_invitation');

-- A page where creators apply: its questions and rules as data.
create table application_page (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  title text not null check (length(title) between 1 and 120),
  intro text not null default '' check (length(intro) <= 5000),
  state text not null check (state in ('draft', 'open', 'closed')),
  -- open: anybody who finds it; invite: whoever holds its secret part of the address.
  access text not null check (access in ('open', 'invite')),
  invite_code text not null,
  -- Stands among the programs of the installation that anybody can look through.
  is_listed boolean not null default false,
  category text check (length(category) <= 60),
  accent text check (accent ~ '^#[0-9a-f]{6}$'),
  closes_on date,
  questions jsonb not null default '[]',
  rules jsonb not null default '{}',
  consent text not null default '' check (length(consent) <= 5000),
  -- Where an approved creator goes.
  campaign_id text,
  list_id text,
  tags text[] not null default '{}',
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, slug)
);
-- Serves the public list of programs.
create index application_page_listed on application_page (category, workspace_id, id) where is_listed and state = 'open';
select enable_workspace_policies('application_page');

create table application (
  workspace_id text not null,
  id text not null,
  page_id text not null,
  state text not null check (state in ('waits', 'approved', 'rejected')),
  name text not null check (length(name) between 1 and 120),
  email text not null check (email = lower(email) and length(email) <= 254),
  country char(2),
  is_adult boolean,
  -- [{platform, handle, key, followers}]; followers as the applicant says.
  profiles jsonb not null,
  answers jsonb not null default '{}',
  -- What each rule of the page said at that time: [{rule, outcome, text}].
  findings jsonb not null default '[]',
  consent_text text not null default '',
  -- What was sent before, when the same e-mail or account applied again while it waited.
  earlier jsonb not null default '[]',
  person_id text,
  submitted_at timestamptz not null,
  decided_at timestamptz,
  -- Null for what the page's rules decided.
  decided_by text,
  decided_reason text check (length(decided_reason) <= 2000),
  mail_state text check (mail_state in ('queued', 'off', 'not_asked')),
  check ((state = 'waits') = (decided_at is null)),
  primary key (workspace_id, id),
  foreign key (workspace_id, page_id) references application_page (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete set null (person_id)
);
-- Serves the queue, newest first, and the waiting ones of a workspace.
create index application_page_newest on application (workspace_id, page_id, id desc);
create index application_waiting on application (workspace_id, id) where state = 'waits';
-- Serves telling that somebody applied before.
create index application_email on application (workspace_id, page_id, email);
-- Serves the applications of a creator.
create index application_person on application (workspace_id, person_id) where person_id is not null;
select enable_workspace_policies('application');

-- A file somebody sent with an application; without one after a day it goes.
create table application_file (
  workspace_id text not null,
  file_id text not null,
  page_id text not null,
  question_id text not null,
  application_id text,
  created_at timestamptz not null,
  primary key (workspace_id, file_id),
  foreign key (workspace_id, page_id) references application_page (workspace_id, id) on delete cascade,
  foreign key (workspace_id, application_id) references application (workspace_id, id) on delete cascade
);
-- Serves the files of an application and the daily collection.
create index application_file_application on application_file (workspace_id, application_id);
create index application_file_unsent on application_file (created_at) where application_id is null;
select enable_workspace_policies('application_file');

-- Who came how far on a page, each visitor once a day; the visitor is a hash whose salt is forgotten after two days.
create table application_visit (
  workspace_id text not null,
  page_id text not null,
  day date not null,
  step text not null check (step in ('visit', 'start', 'submit')),
  visitor text not null,
  primary key (workspace_id, page_id, day, step, visitor),
  foreign key (workspace_id, page_id) references application_page (workspace_id, id) on delete cascade
);
select enable_workspace_policies('application_visit');

-- What a creator hands in of their own figures: a screenshot of a platform's insights with what it shows, for a member to read.
create table portal_proof (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  profile_id text,
  platform text not null,
  handle text not null check (length(handle) between 1 and 200),
  file_id text not null,
  taken_on date not null,
  -- What it shows, as its sender typed it: {followers, reach, ...}; a figure that was not typed is not there.
  figures jsonb not null default '{}',
  note text not null default '' check (length(note) <= 1000),
  state text not null default 'waits' check (state in ('waits', 'taken', 'refused')),
  decided_by text,
  decided_at timestamptz,
  decided_reason text check (length(decided_reason) <= 1000),
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves the proofs of a creator and those that wait for a member.
create index portal_proof_person on portal_proof (workspace_id, person_id, id desc);
create index portal_proof_waiting on portal_proof (workspace_id, id) where state = 'waits';
select enable_workspace_policies('portal_proof');

-- A creator's wish that what is kept of them goes, until somebody has done it.
create table portal_deletion (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  person_id text not null,
  asked_by text not null,
  reason text not null default '' check (length(reason) <= 2000),
  -- Never again, by the install-wide list of objections; else they may come back by an import.
  is_objection boolean not null,
  asked_at timestamptz not null,
  state text not null default 'waits' check (state in ('waits', 'done', 'taken_back')),
  decided_at timestamptz,
  decided_by text,
  primary key (workspace_id, id)
);
-- One open wish a creator.
create unique index portal_deletion_open on portal_deletion (workspace_id, person_id) where state = 'waits';
select enable_workspace_policies('portal_deletion');
