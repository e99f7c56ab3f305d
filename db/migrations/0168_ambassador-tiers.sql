-- The programme of a campaign of ambassadors: its tiers, when it judges and over what span. Tiers are data: see relationships/api/ambassadors.ts.
create table ambassador_program (
  workspace_id text not null,
  campaign_id text not null,
  version int not null check (version >= 1),
  is_on boolean not null,
  window_months int not null check (window_months between 1 and 12),
  -- Of the month; the last one where the month is shorter.
  judge_day int not null check (judge_day between 1 and 31),
  tiers jsonb not null,
  -- The next day to judge on; what lies before it was judged, or before the programme began.
  next_judged_on date not null,
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (workspace_id, campaign_id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
-- Serves the watch over programmes that have to judge.
create index ambassador_program_due on ambassador_program (next_judged_on) where is_on;
select enable_workspace_policies('ambassador_program');

-- Every version, so that a judgement can be read by the rules it was made by. Inserts only.
create table ambassador_program_version (
  workspace_id text not null,
  campaign_id text not null,
  version int not null,
  rules jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (workspace_id, campaign_id, version),
  foreign key (workspace_id, campaign_id) references ambassador_program (workspace_id, campaign_id) on delete cascade
);
select enable_workspace_policies('ambassador_program_version');

-- Where an ambassador stands. Who has no row stands in the first tier.
create table ambassador (
  workspace_id text not null,
  enrolment_id text not null,
  campaign_id text not null,
  person_id text not null,
  tier_id text not null,
  since date not null,
  primary key (workspace_id, enrolment_id),
  foreign key (workspace_id, campaign_id) references ambassador_program (workspace_id, campaign_id) on delete cascade
);
create index ambassador_campaign on ambassador (workspace_id, campaign_id);
select enable_workspace_policies('ambassador');

-- What the program found on a day, with its evidence as it was then, and what a person made of it.
create table ambassador_judgement (
  workspace_id text not null,
  id text not null,
  campaign_id text not null,
  enrolment_id text not null,
  person_id text not null,
  judged_on date not null,
  judged_at timestamptz not null,
  program_version int not null,
  from_tier text not null,
  to_tier text not null,
  outcome text not null check (outcome in ('up', 'down', 'stay', 'not_enough_data')),
  evidence jsonb not null,
  -- waiting: a move somebody has to confirm or overrule; settled: nothing moves; superseded: judged anew before anybody decided.
  state text not null check (state in ('waiting', 'confirmed', 'overruled', 'settled', 'superseded')),
  decided_tier text,
  reason text check (length(reason) <= 2000),
  decided_by text,
  decided_at timestamptz,
  primary key (workspace_id, id),
  -- A day is judged once, however often the clock strikes.
  unique (workspace_id, enrolment_id, judged_on),
  check ((state in ('confirmed', 'overruled')) = (decided_tier is not null)),
  check (state <> 'overruled' or reason is not null),
  foreign key (workspace_id, campaign_id) references ambassador_program (workspace_id, campaign_id) on delete cascade
);
-- Serves what waits, and the history of a campaign and of a creator.
create index ambassador_judgement_waiting on ambassador_judgement (workspace_id, campaign_id) where state = 'waiting';
create index ambassador_judgement_of on ambassador_judgement (workspace_id, campaign_id, judged_on desc);
create index ambassador_judgement_person on ambassador_judgement (workspace_id, person_id);
select enable_workspace_policies('ambassador_judgement');

-- Every change of tier with its reason. Inserts only.
create table ambassador_move (
  workspace_id text not null,
  id text not null,
  campaign_id text not null,
  enrolment_id text not null,
  person_id text not null,
  from_tier text not null,
  to_tier text not null,
  -- As they were called then.
  from_name text not null,
  to_name text not null,
  judgement_id text,
  reason text not null check (length(reason) <= 2000),
  by_name text not null,
  moved_on date not null,
  moved_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references ambassador_program (workspace_id, campaign_id) on delete cascade
);
create index ambassador_move_of on ambassador_move (workspace_id, enrolment_id, moved_at);
create index ambassador_move_person on ambassador_move (workspace_id, person_id);
select enable_workspace_policies('ambassador_move');
