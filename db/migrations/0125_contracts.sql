-- What brand and creator agreed on for one enrolment. `state` is that of the version in hand; a version in force stays so until both signed the next.
create table contract (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  campaign_id text not null,
  enrolment_id text not null,
  -- No foreign keys: a contract outlives its campaign's roster and an erased creator, as evidence of what was agreed.
  person_id text not null,
  person_name text not null check (length(person_name) between 1 and 200),
  erased_at timestamptz,
  title text not null check (length(title) between 1 and 160),
  model text not null check (model in ('product_seeding', 'sponsored', 'ambassadorship')),
  jurisdiction text not null check (jurisdiction in ('US', 'UK', 'DE', 'FR', 'EU')),
  template_id text,
  state text not null default 'draft'
    check (state in ('draft', 'sent', 'countered', 'agreed', 'signed', 'declined', 'withdrawn', 'expired')),
  state_since timestamptz not null,
  state_note text,
  current_version int not null default 1 check (current_version >= 1),
  in_force_version int,
  in_force_since timestamptz,
  -- When the offer in hand lapses, if nobody answers it.
  expires_at timestamptz,
  ended_at timestamptz,
  ended_reason text,
  is_live boolean not null generated always as
    (ended_at is null and (in_force_version is not null or state in ('draft', 'sent', 'countered', 'agreed'))) stored,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
-- One contract an enrolment at a time, however often one is asked for.
create unique index contract_live on contract (workspace_id, enrolment_id) where is_live;
-- Serves the contracts of a campaign, of a creator, and of an enrolment.
create index contract_campaign on contract (workspace_id, campaign_id, id);
create index contract_person on contract (workspace_id, person_id, id);
create index contract_enrolment on contract (workspace_id, enrolment_id, id);
-- Serves the watch over offers that lapse.
create index contract_lapsing on contract (expires_at) where state in ('sent', 'countered', 'agreed');
select enable_workspace_policies('contract');

-- Terms and clauses as they were offered. A version that was offered never changes again; a change makes the next one.
create table contract_version (
  workspace_id text not null,
  contract_id text not null,
  version int not null,
  terms jsonb not null,
  clauses jsonb not null,
  by_side text not null check (by_side in ('brand', 'creator')),
  by_name text not null,
  note text,
  made_at timestamptz not null,
  offered_at timestamptz,
  -- The document as both sides see it, made when it is first looked at, and its SHA-256, hex.
  document_file_id text,
  document_hash text check (document_hash ~ '^[0-9a-f]{64}$'),
  -- The document with its evidence, sealed after both signed.
  sealed_file_id text,
  sealed_hash text check (sealed_hash ~ '^[0-9a-f]{64}$'),
  sealed_at timestamptz,
  sealed_standard text,
  primary key (workspace_id, contract_id, version),
  foreign key (workspace_id, contract_id) references contract (workspace_id, id) on delete cascade
);
-- Serves the sealing that a stop of the program interrupted.
create index contract_version_document on contract_version (workspace_id, document_file_id) where document_file_id is not null;
select enable_workspace_policies('contract_version');

-- A simple electronic signature: who, how, when, from where, and the hash of what they saw.
create table contract_signature (
  workspace_id text not null,
  id text not null,
  contract_id text not null,
  version int not null,
  side text not null check (side in ('brand', 'creator')),
  signer_id text not null,
  signer_name text not null check (length(signer_name) between 2 and 120),
  signer_role text,
  method text not null check (method in ('typed', 'drawn')),
  -- Strokes of a drawn name: lists of [x, y] between 0 and 1000.
  strokes jsonb,
  consent text not null,
  seen_hash text not null check (seen_hash ~ '^[0-9a-f]{64}$'),
  address text not null,
  user_agent text not null,
  signed_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, contract_id, version, side),
  foreign key (workspace_id, contract_id, version) references contract_version (workspace_id, contract_id, version) on delete cascade
);
select enable_workspace_policies('contract_signature');
revoke update on contract_signature from rapport_app;

-- What happened to a contract. Inserts only.
create table contract_event (
  workspace_id text not null,
  id text not null,
  contract_id text not null,
  version int not null,
  kind text not null,
  by_side text not null check (by_side in ('brand', 'creator', 'system')),
  by_name text not null,
  note text,
  address text,
  user_agent text,
  document_hash text,
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contract_id) references contract (workspace_id, id) on delete cascade
);
-- Serves the trail of one contract.
create index contract_event_of on contract_event (workspace_id, contract_id, at, id);
select enable_workspace_policies('contract_event');
revoke update on contract_event from rapport_app;

-- A workspace's own clauses and templates; those that ship are part of the program.
create table contract_clause (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  version int not null,
  title text not null check (length(title) between 1 and 120),
  body text not null check (length(body) between 1 and 8000),
  jurisdictions text[] not null,
  models text[] not null,
  when_term text,
  saved_by text not null,
  saved_at timestamptz not null,
  removed_at timestamptz,
  primary key (workspace_id, id)
);
select enable_workspace_policies('contract_clause');

create table contract_template (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  version int not null,
  name text not null check (length(name) between 1 and 120),
  model text not null check (model in ('product_seeding', 'sponsored', 'ambassadorship')),
  jurisdiction text not null check (jurisdiction in ('US', 'UK', 'DE', 'FR', 'EU')),
  clause_ids text[] not null,
  terms jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  removed_at timestamptz,
  primary key (workspace_id, id)
);
select enable_workspace_policies('contract_template');

-- How the workspace signs: the party it is in its contracts, and the key its documents are sealed with.
create table contract_settings (
  workspace_id text not null references workspace (id) on delete cascade,
  legal_name text,
  legal_address text,
  -- A PKCS#12 container sealed by the installation's secret; made here at the first seal, or brought along.
  key_sealed bytea,
  key_source text check (key_source in ('own', 'brought')),
  certificate_subject text,
  certificate_issuer text,
  certificate_fingerprint text,
  certificate_from timestamptz,
  certificate_until timestamptz,
  updated_at timestamptz not null,
  primary key (workspace_id)
);
select enable_workspace_policies('contract_settings');

-- What was told already, so that a watch that runs again tells nobody twice.
create table contract_notice (
  workspace_id text not null,
  contract_id text not null,
  key text not null,
  told_at timestamptz not null,
  primary key (workspace_id, contract_id, key),
  foreign key (workspace_id, contract_id) references contract (workspace_id, id) on delete cascade
);
select enable_workspace_policies('contract_notice');
