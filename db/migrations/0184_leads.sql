-- Steps before an order, such as a sign-up: credited by the same rules with a window of their own, never money.
create table lead (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  -- What happened, in the workspace's own words; unique for ever with the id it has where it happened.
  event text not null check (length(event) between 1 and 60),
  external_id text not null check (length(external_id) between 1 and 200),
  happened_at timestamptz not null,
  click_ids text[] not null default '{}',
  codes text[] not null default '{}',
  code_keys text[] not null default '{}',
  created_at timestamptz not null default now(),
  -- The decision: who is credited, by which rule, who shares and who lost, as attribution judged them. Null until it was decided.
  rule text check (rule in ('code', 'link', 'none')),
  reason text,
  person_id text,
  campaign_id text,
  enrolment_id text,
  -- [{"weight", touch}], the winner's first.
  shares jsonb not null default '[]',
  losers jsonb not null default '[]',
  pay_model text,
  policy_version int,
  window_days int,
  decided_at timestamptz,
  -- True while it names clicks that are not known yet; they may still be on their way from the click log.
  is_waiting boolean not null default false,
  primary key (workspace_id, id),
  unique (workspace_id, event, external_id)
);
create index lead_newest on lead (workspace_id, happened_at desc, id desc);
create index lead_campaign on lead (workspace_id, campaign_id, happened_at);
create index lead_person on lead (workspace_id, person_id, happened_at);
-- Serves what waits for its clicks.
create index lead_waiting on lead (workspace_id, created_at) where is_waiting;
select enable_workspace_policies('lead');
