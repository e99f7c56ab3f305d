-- How a workspace writes to creators: its address on paper (CAN-SPAM), when mails go out, what is said about the brand.
create table outreach_settings (
  workspace_id text not null primary key references workspace (id) on delete cascade,
  postal_address text,
  pitch text not null default '',
  -- 1 Monday to 7 Sunday.
  weekdays int[] not null default '{1,2,3,4,5}',
  -- Minutes since midnight in the workspace's time zone.
  opens_minute int not null default 540 check (opens_minute between 0 and 1439),
  closes_minute int not null default 1080 check (closes_minute between 1 and 1440),
  track_opens boolean not null default false,
  updated_at timestamptz not null,
  check (closes_minute > opens_minute)
);
select enable_workspace_policies('outreach_settings');

-- A mailbox of the workspace: mail goes out by SMTP, answers come in by IMAP. Its password or tokens are sealed.
create table mailbox (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  address text not null,
  sender_name text,
  auth text not null check (auth in ('password', 'gmail', 'microsoft', 'oauth')),
  user_name text not null,
  smtp jsonb not null,
  -- Null: answers are not read here.
  imap jsonb,
  token_url text,
  sealed bytea not null,
  signature text not null default '',
  daily_limit int not null check (daily_limit between 1 and 5000),
  ramp_start int not null check (ramp_start between 1 and 5000),
  ramp_step int not null check (ramp_step between 0 and 5000),
  ramp_from date not null,
  gap_seconds int not null check (gap_seconds between 0 and 3600),
  is_default boolean not null default false,
  state text not null check (state in ('ok', 'broken', 'paused')),
  fault text,
  checked_at timestamptz,
  last_sent_at timestamptz,
  sync_lease_until timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (workspace_id, id)
);
create unique index mailbox_address on mailbox (workspace_id, lower(address)) where removed_at is null;
create unique index mailbox_default on mailbox (workspace_id) where is_default and removed_at is null;
select enable_workspace_policies('mailbox');

-- How far a folder was read. UIDs hold only under one UIDVALIDITY (RFC 3501 section 2.3.1.1).
create table mailbox_folder (
  workspace_id text not null,
  mailbox_id text not null,
  name text not null,
  uid_validity bigint not null,
  last_uid bigint not null,
  synced_at timestamptz not null,
  primary key (workspace_id, mailbox_id, name),
  foreign key (workspace_id, mailbox_id) references mailbox (workspace_id, id) on delete cascade
);
select enable_workspace_policies('mailbox_folder');

create table mail_template (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null check (length(name) between 1 and 120),
  subject text not null,
  body text not null,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index mail_template_name on mail_template (workspace_id, lower(name));
select enable_workspace_policies('mail_template');

create table sequence (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null check (length(name) between 1 and 120),
  -- [{waitDays, subject, body}]; a subject of null answers in the thread.
  steps jsonb not null,
  -- Phases of an enrolment at which nobody is written to any more.
  stop_phases text[] not null default '{}',
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index sequence_name on sequence (workspace_id, lower(name));
select enable_workspace_policies('sequence');

-- One go at many creators, with the steps as they were when it began: a sequence that is changed later changes nothing that runs.
create table mailing (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null,
  sequence_id text,
  mailbox_id text not null,
  campaign_id text,
  steps jsonb not null,
  stop_phases text[] not null default '{}',
  state text not null check (state in ('running', 'cancelled', 'done')),
  started_by text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailbox (workspace_id, id),
  foreign key (workspace_id, sequence_id) references sequence (workspace_id, id) on delete set null (sequence_id)
);
select enable_workspace_policies('mailing');

-- One creator on a mailing.
create table mailing_run (
  workspace_id text not null,
  id text not null,
  mailing_id text not null,
  person_id text not null,
  enrolment_id text,
  mailbox_id text not null,
  thread_id text,
  to_address text not null,
  state text not null check (state in ('waiting', 'sending', 'done', 'stopped', 'failed', 'replied', 'bounced', 'unsubscribed')),
  -- The step that comes next, from 0.
  step int not null default 0,
  due_at timestamptz not null,
  why text,
  has_replied boolean not null default false,
  has_bounced boolean not null default false,
  has_unsubscribed boolean not null default false,
  sent_count int not null default 0,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, mailing_id, person_id),
  foreign key (workspace_id, mailing_id) references mailing (workspace_id, id) on delete cascade
);
-- Serves the planner: what is due, by mailbox.
create index mailing_run_due on mailing_run (workspace_id, mailbox_id, due_at, id) where state = 'waiting';
-- Serves stopping what runs for a person.
create index mailing_run_person on mailing_run (workspace_id, person_id);
create index mailing_run_thread on mailing_run (workspace_id, thread_id) where thread_id is not null;
select enable_workspace_policies('mailing_run');

-- A conversation with one creator.
create table mail_thread (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  person_id text not null,
  mailbox_id text,
  campaign_id text,
  enrolment_id text,
  subject text not null,
  -- In lower case.
  address text,
  state text not null default 'open' check (state in ('open', 'done')),
  is_unread boolean not null default false,
  -- Since when the creator waits for an answer.
  waiting_since timestamptz,
  wants_stop boolean not null default false,
  last_at timestamptz not null,
  last_direction text not null check (last_direction in ('in', 'out')),
  snippet text not null default '',
  message_count int not null default 0,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create index mail_thread_last on mail_thread (workspace_id, last_at desc, id);
create index mail_thread_person on mail_thread (workspace_id, person_id);
create index mail_thread_address on mail_thread (workspace_id, address) where address is not null;
select enable_workspace_policies('mail_thread');

create table mail_message (
  workspace_id text not null,
  id text not null,
  thread_id text not null,
  person_id text not null,
  direction text not null check (direction in ('in', 'out')),
  channel text not null check (channel in ('email', 'dm', 'phone', 'meeting', 'other')),
  kind text not null check (kind in ('message', 'auto_reply', 'bounce')),
  -- `received` for what came in, `noted` for what was logged by hand; the others say how far a mail of ours got.
  state text not null check (state in ('received', 'noted', 'draft', 'queued', 'sent', 'failed', 'refused', 'off', 'bounced', 'discarded')),
  mailbox_id text,
  mail_id text,
  message_id text,
  subject text not null default '',
  body text not null,
  from_address text,
  to_address text,
  author_name text,
  run_id text,
  step int,
  outcome text,
  why text,
  attachments jsonb not null default '[]',
  -- What a draft was made from.
  made_from jsonb,
  opened_at timestamptz,
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, thread_id) references mail_thread (workspace_id, id) on delete cascade
);
-- The same mail, read again or in another folder, is one message.
create unique index mail_message_message on mail_message (workspace_id, message_id) where message_id is not null;
create index mail_message_thread on mail_message (workspace_id, thread_id, at, id);
create index mail_message_person on mail_message (workspace_id, person_id, at);
create index mail_message_mail on mail_message (workspace_id, mail_id) where mail_id is not null;
create index mail_message_run on mail_message (workspace_id, run_id) where run_id is not null;
-- Serves the count of a mailbox's day.
create index mail_message_out on mail_message (workspace_id, mailbox_id, at) where direction = 'out' and run_id is not null;
select enable_workspace_policies('mail_message');

-- Addresses that mail came back from for good.
create table bounced_address (
  workspace_id text not null references workspace (id) on delete cascade,
  -- In lower case.
  address text not null,
  status text,
  reason text not null,
  bounced_at timestamptz not null,
  primary key (workspace_id, address)
);
select enable_workspace_policies('bounced_address');

-- Who must not be written to, in every workspace of the installation; salted hashes, of which nobody can be read.
create table do_not_contact (
  subject_hash bytea primary key,
  kind text not null check (kind in ('handle', 'email')),
  -- `outreach`: no more advertising; `all`: nothing at all.
  scope text not null check (scope in ('outreach', 'all')),
  source text not null check (source in ('unsubscribe', 'reply', 'person', 'import')),
  reason text not null,
  created_at timestamptz not null
);
grant select, insert, update, delete on do_not_contact to rapport_app, rapport_system;
