alter table saved_search add alerts boolean not null default false;
alter table saved_search add alerts_by text;
alter table saved_search add checked_at timestamptz;
alter table saved_search add check_fault text;
-- Serves the check for new matches.
create index saved_search_alerts on saved_search (workspace_id, id) where alerts;

create table search_notice (
  workspace_id text not null,
  id text not null,
  search_id text not null,
  found_at timestamptz not null,
  creators int not null check (creators > 0),
  primary key (workspace_id, id),
  foreign key (workspace_id, search_id) references saved_search (workspace_id, id) on delete cascade
);
-- Serves the newest notices.
create index search_notice_newest on search_notice (workspace_id, found_at desc, id);
select enable_workspace_policies('search_notice');

-- Every creator a search with alerts has matched, once; notice_id is null for those it matched when alerts were switched on.
create table search_match (
  workspace_id text not null,
  search_id text not null,
  person_id text not null,
  found_at timestamptz not null,
  notice_id text,
  primary key (workspace_id, search_id, person_id),
  foreign key (workspace_id, search_id) references saved_search (workspace_id, id) on delete cascade
);
-- Serves the creators of a notice.
create index search_match_notice on search_match (workspace_id, notice_id) where notice_id is not null;
select enable_workspace_policies('search_match');

create table search_notice_seen (
  workspace_id text not null,
  notice_id text not null,
  reader_id text not null,
  seen_at timestamptz not null,
  primary key (workspace_id, notice_id, reader_id),
  foreign key (workspace_id, notice_id) references search_notice (workspace_id, id) on delete cascade
);
select enable_workspace_policies('search_notice_seen');

-- What somebody asked, the same question once with its newest time.
create table search_history (
  workspace_id text not null references workspace (id) on delete cascade,
  asked_by text not null,
  question_hash bytea not null,
  typed text not null,
  query jsonb not null,
  total int not null,
  asked_at timestamptz not null,
  primary key (workspace_id, asked_by, question_hash)
);
-- Serves somebody's newest questions.
create index search_history_newest on search_history (workspace_id, asked_by, asked_at desc);
select enable_workspace_policies('search_history');
