-- Mails on their way out: written in the transaction of what they tell, sent afterwards. One row per key for ever, so that nothing is told twice.
create table mail_out (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  key text not null check (length(key) between 1 and 300),
  kind text not null check (kind in ('transactional', 'outreach')),
  person_id text,
  to_address text not null,
  to_name text,
  subject text not null,
  body text not null,
  -- The text holds a secret, such as an invitation: it is emptied as soon as the mail is out.
  is_secret boolean not null default false,
  reply_to text,
  -- Fixed when queued: a repeat after a crash carries the same one.
  message_id text not null,
  headers jsonb not null default '{}',
  -- Who carries it: the installation's own server, or what a module brought (a workspace's mailbox).
  carrier text not null,
  carrier_ref text,
  state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'off', 'refused')),
  attempts int not null default 0,
  due_at timestamptz not null,
  lease_until timestamptz,
  sent_at timestamptz,
  answer text,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, key)
);
-- Serves the claim of what is due.
create index mail_out_due on mail_out (due_at, id) where state in ('queued', 'sending');
-- Serves finding a mail again by what a bounce or a reply names.
create index mail_out_message on mail_out (workspace_id, message_id);
select enable_workspace_policies('mail_out');

-- What goes along with a mail; removed once it is out.
create table mail_attachment (
  workspace_id text not null,
  mail_id text not null,
  sort int not null,
  name text not null,
  content_type text not null,
  content bytea not null,
  primary key (workspace_id, mail_id, sort),
  foreign key (workspace_id, mail_id) references mail_out (workspace_id, id) on delete cascade
);
select enable_workspace_policies('mail_attachment');
