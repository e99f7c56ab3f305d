-- A test of what creators cause: places, codes or customers that see the campaign beside some that do not. Never mixed with credit.
create table experiment (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  campaign_id text not null,
  name text not null check (length(name) between 1 and 120),
  unit text not null check (unit in ('place', 'code', 'customer')),
  -- What is counted per unit, in words, and its currency when it is money.
  outcome text not null check (length(outcome) between 1 and 120),
  currency char(3),
  -- [{"name", "share"}]; the control is the first one.
  arms jsonb not null,
  seed int not null,
  state text not null default 'draft' check (state in ('draft', 'running', 'ended')),
  starts_on date,
  ends_on date,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  assigned_at timestamptz,
  outcomes_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
create index experiment_campaign on experiment (workspace_id, campaign_id, created_at desc);
select enable_workspace_policies('experiment');

create table experiment_unit (
  workspace_id text not null,
  experiment_id text not null,
  unit_key text not null check (length(unit_key) between 1 and 200),
  arm text,
  -- The outcome of the time before, for even arms, the plan's power and a narrower interval.
  before_value double precision,
  outcome_value double precision,
  primary key (workspace_id, experiment_id, unit_key),
  foreign key (workspace_id, experiment_id) references experiment (workspace_id, id) on delete cascade
);
select enable_workspace_policies('experiment_unit');

-- What customers answered when asked how they heard of the shop; beside tracked credit, never in it.
create table survey_answer (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  -- The answer's id where it was asked: the same again changes nothing.
  external_id text not null check (length(external_id) between 1 and 200),
  answered_at timestamptz not null,
  answer text not null check (length(answer) between 1 and 2000),
  -- The order it was asked after, by its id at its source.
  order_external_id text,
  conversion_id text,
  person_id text,
  campaign_id text,
  -- How the creator was told from the answer: an @name, a name, a code, or named by whoever sent it; null when nobody was.
  matched_by text check (matched_by in ('given', 'handle', 'name', 'code')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, external_id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete set null (campaign_id)
);
create index survey_answer_person on survey_answer (workspace_id, person_id, answered_at);
create index survey_answer_order on survey_answer (workspace_id, order_external_id);
select enable_workspace_policies('survey_answer');
