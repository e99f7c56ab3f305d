create table campaign (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null check (length(name) between 1 and 120),
  model text not null check (model in ('product_seeding', 'sponsored', 'ambassadorship')),
  state text not null default 'draft' check (state in ('draft', 'live', 'ended', 'archived')),
  starts_on date not null,
  ends_on date not null,
  currency char(3) not null,
  budget_minor bigint check (budget_minor >= 0),
  owner_id text,
  brief jsonb not null default '{}',
  brief_version int not null default 1,
  landing_url text,
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check (ends_on >= starts_on)
);
select enable_workspace_policies('campaign');

create table campaign_goal (
  workspace_id text not null,
  id text not null,
  campaign_id text not null,
  family text not null check (family in ('awareness', 'engagement', 'traffic', 'sales', 'content')),
  metric text not null,
  target numeric not null check (target > 0),
  baseline numeric,
  due_on date not null,
  is_main boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
select enable_workspace_policies('campaign_goal');

-- Briefs are kept by version; the newest is copied into campaign.brief.
create table brief_version (
  workspace_id text not null,
  campaign_id text not null,
  version int not null,
  brief jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null default now(),
  primary key (workspace_id, campaign_id, version),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
select enable_workspace_policies('brief_version');

create table campaign_stage (
  workspace_id text not null,
  campaign_id text not null,
  name text not null,
  label text not null,
  sort int not null,
  primary key (workspace_id, campaign_id, name),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
select enable_workspace_policies('campaign_stage');

-- A creator on a campaign.
create table enrolment (
  workspace_id text not null,
  id text not null,
  campaign_id text not null,
  person_id text not null,
  profile_id text,
  stage text not null,
  stage_since timestamptz not null default now(),
  fee_minor bigint check (fee_minor >= 0),
  product_cost_minor bigint check (product_cost_minor >= 0),
  note text,
  added_by text not null,
  added_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, campaign_id, person_id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade,
  foreign key (workspace_id, campaign_id, stage) references campaign_stage (workspace_id, campaign_id, name),
  foreign key (workspace_id, person_id) references person (workspace_id, id)
);
-- Serves the campaigns of a person.
create index enrolment_person on enrolment (workspace_id, person_id);
select enable_workspace_policies('enrolment');

create table deliverable (
  workspace_id text not null,
  id text not null,
  enrolment_id text not null,
  platform text not null,
  format text not null,
  title text not null,
  due_on date,
  state text not null default 'planned' check (state in ('planned', 'drafted', 'approved', 'live', 'cancelled')),
  live_url text,
  live_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id) on delete cascade
);
create index deliverable_enrolment on deliverable (workspace_id, enrolment_id);
select enable_workspace_policies('deliverable');

-- Measured results of content: reach, impressions, engagements, entered or imported, each with its source and date. The newest per metric counts.
create table content_result (
  workspace_id text not null,
  id text not null,
  deliverable_id text not null,
  metric text not null check (metric in ('reach', 'impressions', 'views', 'likes', 'comments', 'shares', 'saves', 'engagements')),
  value bigint not null check (value >= 0),
  is_estimate boolean not null default false,
  source text not null,
  observed_at timestamptz not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, deliverable_id, metric, source, observed_at),
  foreign key (workspace_id, deliverable_id) references deliverable (workspace_id, id) on delete cascade
);
select enable_workspace_policies('content_result');

-- Costs beside fees and goods: shipping, tools, agency.
create table campaign_cost (
  workspace_id text not null,
  id text not null,
  campaign_id text not null,
  enrolment_id text,
  kind text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  state text not null check (state in ('committed', 'due', 'paid')),
  note text,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
select enable_workspace_policies('campaign_cost');
