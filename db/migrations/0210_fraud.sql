-- How fraud is judged, in versions that never change.
create table fraud_policy (
  workspace_id text not null references workspace (id) on delete cascade,
  version int not null check (version > 0),
  policy jsonb not null,
  note text,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, version)
);
select enable_workspace_policies('fraud_policy');
-- A version is never edited or taken away by a request.
revoke update, delete on fraud_policy from rapport_app;

-- What the rules say of each order, and what follows for its credit.
create table fraud_order (
  workspace_id text not null,
  conversion_id text not null,
  -- Whom the order is credited to, as attribution said last; null for nobody.
  person_id text,
  ordered_at timestamptz not null,
  score int not null,
  -- Rules that spoke or could not: [{rule, version, state, points, says, evidence, needs}].
  findings jsonb not null,
  -- held: the credit waits; flagged: looked at, but it counts; withdrawn: the credit was taken away.
  state text not null default 'clear' check (state in ('clear', 'flagged', 'held', 'cleared', 'withdrawn')),
  held_since timestamptz,
  policy_version int not null,
  judged_at timestamptz not null,
  primary key (workspace_id, conversion_id)
);
-- Serves what a creator's groups hold.
create index fraud_order_person on fraud_order (workspace_id, person_id, ordered_at);
-- Serves the sums of what is held.
create index fraud_order_held on fraud_order (workspace_id) where state in ('held', 'withdrawn');
select enable_workspace_policies('fraud_order');

-- A creator's traffic: its figures, and what the rules say of them.
create table fraud_creator (
  workspace_id text not null,
  person_id text not null,
  -- As rules/sum-traffic.ts makes them; what is not known is null.
  figures jsonb not null,
  score int not null,
  findings jsonb not null,
  state text not null check (state in ('clear', 'flagged')),
  policy_version int not null,
  judged_at timestamptz not null,
  primary key (workspace_id, person_id)
);
select enable_workspace_policies('fraud_creator');

-- Findings of one rule about one creator (and code), decided together.
create table fraud_group (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  rule text not null,
  severity text not null check (severity in ('low', 'medium', 'high')),
  person_id text,
  -- The code a leak is about.
  code_id text,
  -- lapsed: what it rested on is gone, as when a late click told otherwise.
  state text not null default 'open' check (state in ('open', 'cleared', 'fraud', 'expired', 'lapsed')),
  opened_at timestamptz not null,
  -- Orders of the creator from this instant on are held by it, for rules about the whole traffic; null for rules about orders.
  holds_from timestamptz,
  newest_at timestamptz not null,
  reason text,
  resolved_by text,
  resolved_by_name text,
  resolved_at timestamptz,
  primary key (workspace_id, id)
);
-- One open group for a rule, a creator and a code.
create unique index fraud_group_open on fraud_group (workspace_id, rule, coalesce(person_id, ''), coalesce(code_id, '')) where state = 'open';
-- Serves the queue.
create index fraud_group_queue on fraud_group (workspace_id, state, newest_at desc, id);
create index fraud_group_person on fraud_group (workspace_id, person_id);
select enable_workspace_policies('fraud_group');

-- One finding, once for ever by its hash; it stands as long as the facts say so.
create table fraud_event (
  workspace_id text not null,
  id text not null,
  -- SHA-256 of rule, creator, code and what it is about, hex.
  event_hash text not null,
  group_id text not null,
  rule text not null,
  rule_version int not null,
  -- Null for a finding about the whole traffic.
  conversion_id text,
  person_id text,
  mode text not null check (mode in ('watch', 'enforce')),
  points int not null,
  says text not null,
  evidence jsonb not null,
  stands boolean not null default true,
  happened_at timestamptz not null,
  found_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, event_hash),
  foreign key (workspace_id, group_id) references fraud_group (workspace_id, id) on delete cascade
);
create index fraud_event_group on fraud_event (workspace_id, group_id, happened_at desc);
create index fraud_event_order on fraud_event (workspace_id, conversion_id) where conversion_id is not null;
create index fraud_event_person on fraud_event (workspace_id, person_id) where conversion_id is null;
select enable_workspace_policies('fraud_event');

-- Creators with whom no program works any more, with the reason.
create table fraud_ban (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  person_id text not null,
  reason text not null check (reason in ('terms', 'content', 'fake_traffic', 'fraud', 'spam', 'brand_abuse')),
  note text not null,
  -- Where it came from; null when it was said by hand.
  group_id text,
  banned_by text not null,
  banned_by_name text not null,
  banned_at timestamptz not null,
  lifted_by_name text,
  lifted_at timestamptz,
  lift_reason text,
  primary key (workspace_id, id)
);
create unique index fraud_ban_standing on fraud_ban (workspace_id, person_id) where lifted_at is null;
select enable_workspace_policies('fraud_ban');

-- What a creator says against a group, and the answer.
create table fraud_appeal (
  workspace_id text not null,
  id text not null,
  group_id text not null,
  person_id text not null,
  body text not null,
  made_at timestamptz not null,
  outcome text check (outcome in ('accepted', 'declined')),
  answer text,
  answered_by text,
  answered_by_name text,
  answered_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, group_id) references fraud_group (workspace_id, id) on delete cascade
);
-- One statement at a time waits for an answer.
create unique index fraud_appeal_open on fraud_appeal (workspace_id, group_id) where answered_at is null;
create index fraud_appeal_person on fraud_appeal (workspace_id, person_id);
select enable_workspace_policies('fraud_appeal');

-- The devices creators came to their portal with, as the same daily hashes clicks have: comparable for two days, then only with clicks of those days.
create table fraud_visit (
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null,
  day date not null,
  visitor_hash bytea not null,
  prefix_hash bytea,
  primary key (workspace_id, person_id, day, visitor_hash)
);
-- Serves the forgetting of old ones.
create index fraud_visit_day on fraud_visit (day);
select enable_workspace_policies('fraud_visit');

-- Creators whose traffic moved since it was judged.
create table fraud_due (
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null,
  since timestamptz not null default now(),
  primary key (workspace_id, person_id)
);
select enable_workspace_policies('fraud_due');
