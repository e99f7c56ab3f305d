-- What people wrote down about a creator. An edited note keeps its author.
create table creator_note (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  body text not null check (length(body) between 1 and 10000),
  author_id text not null,
  author_name text not null,
  written_at timestamptz not null,
  edited_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
create index creator_note_person on creator_note (workspace_id, person_id, written_at desc);
select enable_workspace_policies('creator_note');

-- "Would work with again", by a person and with a reason. Inserts only: the newest of each person holds, the others are how it changed.
create table rebook_opinion (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  campaign_id text,
  again text not null check (again in ('yes', 'maybe', 'no')),
  reason text not null check (length(reason) between 1 and 2000),
  by_id text not null,
  by_name text not null,
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
create index rebook_opinion_person on rebook_opinion (workspace_id, person_id, at desc);
select enable_workspace_policies('rebook_opinion');

-- Something that went wrong, on the creator's side or on the brand's. One about the creator that was upheld is a strike.
create table incident (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  campaign_id text,
  about text not null check (about in ('creator', 'brand')),
  kind text not null,
  summary text not null check (length(summary) between 1 and 4000),
  evidence jsonb not null default '[]',
  occurred_on date not null,
  state text not null default 'open' check (state in ('open', 'answered', 'closed')),
  -- The creator reads it in the portal and may answer.
  is_shared boolean not null default false,
  answer text,
  answered_by text,
  answered_at timestamptz,
  outcome text check (outcome in ('upheld', 'dismissed')),
  outcome_reason text,
  closed_by text,
  closed_at timestamptz,
  opened_by text not null,
  opened_side text not null check (opened_side in ('creator', 'brand')),
  opened_at timestamptz not null,
  primary key (workspace_id, id),
  check ((state = 'closed') = (outcome is not null)),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
create index incident_person on incident (workspace_id, person_id, opened_at desc);
-- Serves the list of what is open.
create index incident_newest on incident (workspace_id, opened_at desc, id desc);
select enable_workspace_policies('incident');

-- What a workspace does not tolerate. No row: the rules that come with the program.
create table incident_rules (
  workspace_id text not null references workspace (id) on delete cascade,
  rules jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (workspace_id)
);
select enable_workspace_policies('incident_rules');

-- "Do not work with": by a rule or a person, until somebody lifts it with a reason. The incidents a rule rested on stay named, so that lifting it outlasts them.
create table do_not_work (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  source text not null check (source in ('rule', 'person')),
  reason text not null check (length(reason) between 1 and 2000),
  incident_ids text[] not null default '{}',
  set_by text not null,
  set_at timestamptz not null,
  lifted_by text,
  lifted_at timestamptz,
  lifted_reason text,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- At most one at a time.
create unique index do_not_work_standing on do_not_work (workspace_id, person_id) where lifted_at is null;
create index do_not_work_person on do_not_work (workspace_id, person_id, set_at desc);
select enable_workspace_policies('do_not_work');
