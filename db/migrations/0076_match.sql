-- What each signal of a match counts; versions are kept, the newest holds.
create table match_weights (
  workspace_id text not null references workspace (id) on delete cascade,
  version int not null check (version > 0),
  weights jsonb not null,
  reason text,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (workspace_id, version)
);
select enable_workspace_policies('match_weights');

-- A person said that a creator fits a brief or does not, whatever the score; the reason stays.
create table match_overrule (
  workspace_id text not null,
  brief_key text not null,
  person_id text not null,
  decision text not null check (decision in ('fit', 'no_fit')),
  reason text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (workspace_id, brief_key, person_id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves what was said about a person, when persons are merged.
create index match_overrule_person on match_overrule (workspace_id, person_id);
select enable_workspace_policies('match_overrule');

-- Topics of a creator as a person corrected them; they stand above what is learnt, whatever is learnt later.
create table creator_topic_correction (
  workspace_id text not null,
  person_id text not null,
  topics text[] not null,
  reason text not null,
  corrected_by text not null,
  corrected_at timestamptz not null,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
select enable_workspace_policies('creator_topic_correction');
