-- Campaigns of six models, and models of a workspace's own. What a model brings (stages, goals, the template of its brief) is data.
alter table campaign drop constraint campaign_model_check;
alter table campaign add constraint campaign_model_check
  check (model in ('product_seeding', 'sponsored', 'ambassadorship', 'affiliate', 'ugc', 'event'));
alter table brief_template drop constraint brief_template_model_check;
alter table brief_template add constraint brief_template_model_check
  check (model in ('product_seeding', 'sponsored', 'ambassadorship', 'affiliate', 'ugc', 'event'));

create table campaign_model (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null,
  summary text not null,
  -- The model it works like: what is gifted, who posts, who has tiers.
  model text not null check (model in ('product_seeding', 'sponsored', 'ambassadorship', 'affiliate', 'ugc', 'event')),
  stages jsonb not null check (jsonb_typeof(stages) = 'array'),
  goals jsonb not null check (jsonb_typeof(goals) = 'array'),
  brief jsonb,
  -- The first day of the campaign the days of the brief are counted from.
  anchor_on date,
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check ((brief is null) = (anchor_on is null))
);
-- One model a name, whatever its case.
create unique index campaign_model_name on campaign_model (workspace_id, lower(name));
select enable_workspace_policies('campaign_model');

-- The name is kept: a campaign still says what it was planned by when its model is renamed or gone.
alter table campaign add column own_model_id text;
alter table campaign add column own_model_name text;

-- Pieces made for the brand to show: nobody posts them, so they are delivered when they are approved.
alter table deliverable add column is_for_brand boolean not null default false;
alter table deliverable add column approved_at timestamptz;
