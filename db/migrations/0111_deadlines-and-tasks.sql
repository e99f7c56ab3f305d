-- When a campaign reminds of its deadlines: days before and after the day, and whether creators are written to as well.
alter table campaign
  add column remind_before int[] not null default '{3,1}',
  add column remind_after int[] not null default '{1,3,7}',
  add column remind_creators boolean not null default false;

-- A reminder of one deadline on one of its days. Once made it is not made again, however often it is looked for; a day that moves is another deadline.
create table deadline_reminder (
  workspace_id text not null,
  id text not null,
  kind text not null check (kind in ('answer', 'draft', 'post', 'content', 'live_window', 'task')),
  subject_id text not null,
  campaign_id text not null,
  enrolment_id text,
  person_id text,
  title text not null,
  due_on date not null,
  -- Days until the deadline when it reminded: 3 before, 0 on the day, -1 after.
  days int not null,
  day date not null,
  mail_id text,
  created_at timestamptz not null,
  dismissed_at timestamptz,
  dismissed_by text,
  primary key (workspace_id, id),
  unique (workspace_id, kind, subject_id, due_on, days),
  unique (workspace_id, kind, subject_id, day),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade,
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id) on delete cascade
);
-- Serves the reminders of the last days.
create index deadline_reminder_newest on deadline_reminder (workspace_id, day desc);
select enable_workspace_policies('deadline_reminder');

-- Tasks people write down themselves, of a campaign, of a creator on it, or of the workspace.
create table task (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  title text not null check (length(title) between 1 and 200),
  note text,
  owner_id text,
  due_on date,
  campaign_id text,
  enrolment_id text,
  person_id text,
  done_at timestamptz,
  done_by text,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade,
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id) on delete cascade
);
-- Serves the open tasks by day.
create index task_open on task (workspace_id, due_on, id) where done_at is null;
select enable_workspace_policies('task');

-- Serves calendars and deadlines: what is due on a day and still open or live.
create index deliverable_due on deliverable (workspace_id, due_on) where due_on is not null and state <> 'cancelled';
