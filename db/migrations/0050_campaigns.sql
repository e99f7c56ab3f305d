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
  brief_version int not null default 0,
  landing_url text,
  note text,
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check (ends_on >= starts_on)
);
-- Serves the list of campaigns, newest first.
create index campaign_newest on campaign (workspace_id, created_at desc, id desc);
select enable_workspace_policies('campaign');

-- Money metrics hold target and baseline in minor units of the campaign's currency, all others as they are.
create table campaign_goal (
  workspace_id text not null,
  id text not null,
  campaign_id text not null,
  family text not null check (family in ('awareness', 'engagement', 'traffic', 'sales', 'content')),
  metric text not null,
  target numeric not null check (target > 0),
  baseline numeric check (baseline >= 0),
  starts_on date not null,
  due_on date not null,
  source text,
  is_main boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check (due_on >= starts_on),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
-- Serves the goals of a campaign; one goal a metric and due date.
create unique index campaign_goal_metric on campaign_goal (workspace_id, campaign_id, metric, due_on);
-- At most one main goal a campaign.
create unique index campaign_goal_main on campaign_goal (workspace_id, campaign_id) where is_main;
select enable_workspace_policies('campaign_goal');

-- Briefs are kept by version; the newest is copied into campaign.brief. No row before the first save.
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

-- Stages are data of the campaign. `phase` says what a stage means for money, `waits_for` whose turn it is.
create table campaign_stage (
  workspace_id text not null,
  campaign_id text not null,
  name text not null,
  label text not null check (length(label) between 1 and 40),
  sort int not null,
  phase text not null check (phase in ('considering', 'agreed', 'producing', 'done')),
  waits_for text not null check (waits_for in ('us', 'creator', 'nobody')),
  patience_days int check (patience_days between 1 and 365),
  task text check (length(task) between 1 and 60),
  primary key (workspace_id, campaign_id, name),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
select enable_workspace_policies('campaign_stage');

-- A creator on a campaign. A removed one stays, with its history and what was paid; so does one whose person was erased since, hence no foreign key.
create table enrolment (
  workspace_id text not null,
  id text not null,
  campaign_id text not null,
  person_id text not null,
  profile_id text,
  stage text not null,
  stage_since timestamptz not null default now(),
  fee_minor bigint check (fee_minor >= 0),
  fee_paid_on date,
  product_cost_minor bigint check (product_cost_minor >= 0),
  note text,
  owner_id text,
  blocker text,
  blocker_since timestamptz,
  added_by text not null,
  added_at timestamptz not null default now(),
  removed_at timestamptz,
  removed_reason text,
  primary key (workspace_id, id),
  unique (workspace_id, campaign_id, person_id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade,
  foreign key (workspace_id, campaign_id, stage) references campaign_stage (workspace_id, campaign_id, name)
);
-- Serves the campaigns of a person.
create index enrolment_person on enrolment (workspace_id, person_id);
-- Serves the roster and its board, in the order creators came in.
create index enrolment_roster on enrolment (workspace_id, campaign_id, added_at, id);
select enable_workspace_policies('enrolment');

-- What happened to a creator on a campaign. Inserts only.
create table enrolment_history (
  workspace_id text not null,
  id text not null,
  enrolment_id text not null,
  kind text not null check (kind in ('added', 'moved', 'changed', 'removed', 'restored')),
  from_stage text,
  to_stage text,
  changes jsonb not null default '{}',
  by_name text not null,
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id) on delete cascade
);
-- Serves the story of one enrolment, newest first.
create index enrolment_history_newest on enrolment_history (workspace_id, enrolment_id, at desc, id desc);
select enable_workspace_policies('enrolment_history');
revoke update on enrolment_history from rapport_app;

create table deliverable (
  workspace_id text not null,
  id text not null,
  enrolment_id text not null,
  platform text not null check (platform in ('instagram', 'tiktok', 'youtube', 'pinterest', 'blog')),
  format text not null check (length(format) between 1 and 40),
  title text not null check (length(title) between 1 and 200),
  due_on date,
  state text not null default 'planned' check (state in ('planned', 'drafted', 'approved', 'live', 'cancelled')),
  live_url text,
  live_url_key text,
  live_at timestamptz,
  brief_line text,
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id) on delete cascade
);
create index deliverable_enrolment on deliverable (workspace_id, enrolment_id);
-- A line of the brief is made into one deliverable a creator, however often it is asked for.
create unique index deliverable_brief_line on deliverable (workspace_id, enrolment_id, brief_line) where brief_line is not null;
-- Serves the match of imported results by address.
create index deliverable_live_url on deliverable (workspace_id, live_url_key) where live_url_key is not null;
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
  kind text not null check (kind in ('shipping', 'agency', 'tools', 'ads', 'production', 'other')),
  amount_minor bigint not null check (amount_minor >= 0),
  state text not null check (state in ('committed', 'due', 'paid')),
  due_on date,
  note text,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade,
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id)
);
-- Serves the costs of a campaign.
create index campaign_cost_campaign on campaign_cost (workspace_id, campaign_id);
select enable_workspace_policies('campaign_cost');
