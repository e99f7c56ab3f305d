-- How orders are credited, in versions that never change: of the workspace, and of campaigns that go their own way.
create table attribution_policy (
  workspace_id text not null references workspace (id) on delete cascade,
  version int not null check (version > 0),
  -- Null for the whole workspace.
  campaign_id text,
  -- Null when the campaign follows the workspace again.
  policy jsonb,
  note text,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, version),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
-- Serves the newest version of each scope.
create index attribution_policy_scope on attribution_policy (workspace_id, campaign_id, version desc);
select enable_workspace_policies('attribution_policy');
-- A version is never edited or taken away by a request.
revoke update, delete on attribution_policy from rapport_app;

-- Migrations see rows of these tables only while their owner is not held to the policies.
alter table attribution_policy no force row level security;
alter table attribution_setting no force row level security;
alter table credit no force row level security;
alter table conversion no force row level security;

insert into attribution_policy (workspace_id, version, policy, note, created_by, created_by_name)
select workspace_id, 1, jsonb_build_object('windows', jsonb_build_object('firstDays', window_days, 'repeatDays', window_days, 'leadDays', window_days)),
  'The window set before rules had versions', 'system', 'Rapport'
from attribution_setting;
drop table attribution_setting;

-- One row for each creator an order is shared among; place 0 has the largest share and carries the reason. Model `paid` is what counts as money,
-- `seen` what was seen or said without earning pay.
alter table credit add column place smallint not null default 0 check (place >= 0);
alter table credit add column share double precision not null default 1 check (share >= 0 and share <= 1);
-- The share's part of the order before refunds.
alter table credit add column gross_minor bigint not null default 0;
-- Version of the rules it was decided by; 0 for those that come with the program.
alter table credit add column policy_version int not null default 0;
alter table credit add column pay_model text not null default 'last';
-- Lead, first or repeat order, as the windows tell them apart.
alter table credit add column occasion text not null default 'first' check (occasion in ('lead', 'first', 'repeat'));
-- The customer it was decided for (hash), so that an order that turns out to be another customer's frees the one before.
alter table credit add column customer_key text;
alter table credit drop constraint credit_pkey;
alter table credit add primary key (workspace_id, conversion_id, model, place);
update credit k set model = 'paid', gross_minor = c.amount_minor, policy_version = case when exists (
    select from attribution_policy p where p.workspace_id = k.workspace_id) then 1 else 0 end
from conversion c where c.workspace_id = k.workspace_id and c.id = k.conversion_id;
alter table credit add constraint credit_model_check check (model in ('paid', 'seen'));
create index credit_person on credit (workspace_id, person_id, ordered_at);

alter table conversion drop constraint conversion_credit_rule_check;
alter table conversion add constraint conversion_credit_rule_check check (credit_rule in ('code', 'link', 'customer', 'none'));
-- Serves the orders of a customer, for whom rules may bind them to their first creator.
create index conversion_customer on conversion (workspace_id, customer_hash) where customer_hash is not null;

-- What each decision moved, never edited: by order and creator the sum of all entries is the credit that stands.
create table credit_change (
  workspace_id text not null,
  -- Sorts by time, like every id.
  id text not null,
  conversion_id text not null,
  person_id text,
  campaign_id text,
  enrolment_id text,
  currency char(3) not null,
  delta_minor bigint not null,
  -- 1 when the order began to count for them, -1 when it ceased to, else 0.
  delta_orders smallint not null,
  rule text not null,
  policy_version int not null,
  cause text not null check (cause in ('opening', 'order', 'rules')),
  run_id text,
  changed_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversion_id) references conversion (workspace_id, id) on delete cascade
);
create index credit_change_conversion on credit_change (workspace_id, conversion_id, changed_at);
select enable_workspace_policies('credit_change');
revoke update, delete on credit_change from rapport_app;
alter table credit_change no force row level security;
insert into credit_change (workspace_id, id, conversion_id, person_id, campaign_id, enrolment_id, currency, delta_minor, delta_orders, rule, policy_version, cause)
select workspace_id, 'crc_000000000' || conversion_id, conversion_id, person_id, campaign_id, enrolment_id, currency, credited_minor, is_counted::int, rule, policy_version, 'opening'
from credit where rule <> 'none' order by workspace_id, conversion_id;
alter table credit_change force row level security;

-- Deciding the orders anew by other rules: tried out, or for good.
create table credit_run (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  kind text not null check (kind in ('try', 'apply')),
  -- Of the campaign whose rules change; null for the workspace's.
  campaign_id text,
  -- The rules to try; null when a campaign follows the workspace, and for a run that applies a stored version.
  policy jsonb,
  version int,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  orders_total int,
  orders_done int not null default 0,
  orders_changed int not null default 0,
  -- Who gains and who loses, per creator, campaign and currency.
  moves jsonb not null default '[]',
  moves_total int not null default 0,
  problem text,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
create index credit_run_newest on credit_run (workspace_id, created_at desc);
select enable_workspace_policies('credit_run');

alter table attribution_policy force row level security;
alter table credit force row level security;
alter table conversion force row level security;
