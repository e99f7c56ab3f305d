-- What a stage asks of a creator on the way: whether later stages wait for it, whether only some creators pass it, what brings a creator
-- here by itself, and what must have happened before.
alter table campaign_stage
  add column gate text not null default 'any_order' check (gate in ('in_order', 'any_order')),
  add column is_optional boolean not null default false,
  add column reached_by text[] not null default '{}',
  add column needs text[] not null default '{}';

-- Campaigns from before learn what brings creators on; their stages hold nobody up, as they did not before.
update campaign_stage s set reached_by = known.reached_by
from campaign c,
  (values
    ('product_seeding', 'invited', array['invited']),
    ('product_seeding', 'product_picked', array['product_picked']),
    ('product_seeding', 'shipped', array['product_shipped']),
    ('product_seeding', 'delivered', array['product_delivered']),
    ('product_seeding', 'posted', array['post_live']),
    ('sponsored', 'invited', array['invited']),
    ('sponsored', 'contract', array['accepted']),
    ('sponsored', 'making', array['contract_signed']),
    ('sponsored', 'review', array['draft_submitted']),
    ('sponsored', 'live', array['post_live']),
    ('ambassadorship', 'invited', array['invited']),
    ('ambassadorship', 'trial', array['accepted', 'contract_signed'])
  ) as known (model, name, reached_by)
where c.workspace_id = s.workspace_id and c.id = s.campaign_id and c.model = known.model and s.name = known.name;

-- What happened to a creator on a campaign, each once: the first time counts.
create table enrolment_happening (
  workspace_id text not null,
  enrolment_id text not null,
  happening text not null,
  by_name text not null,
  at timestamptz not null,
  primary key (workspace_id, enrolment_id, happening),
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id) on delete cascade
);
select enable_workspace_policies('enrolment_happening');

-- Where a creator departs from the stages of the campaign: done without standing there, left out with a reason, or added for them alone.
create table enrolment_step (
  workspace_id text not null,
  enrolment_id text not null,
  stage text not null,
  state text not null check (state in ('done', 'skipped', 'extra')),
  reason text check (length(reason) <= 300),
  by_name text not null,
  at timestamptz not null,
  primary key (workspace_id, enrolment_id, stage),
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id) on delete cascade
);
select enable_workspace_policies('enrolment_step');

-- Days of one creator; null follows the brief of the campaign.
alter table enrolment
  add column respond_by date,
  add column drafts_by date,
  add column live_from date,
  add column live_until date,
  add column tags text[] not null default '{}';
