-- What came of a signed version, or of the end of a contract, once for each: the fee and the pieces it changed and what a person has to look at.
create table contract_effect (
  workspace_id text not null,
  contract_id text not null,
  -- `v3` for the third version, `ended` for the end.
  key text not null,
  effect jsonb not null,
  needs_look boolean not null,
  seen_by text,
  seen_at timestamptz,
  at timestamptz not null,
  primary key (workspace_id, contract_id, key),
  foreign key (workspace_id, contract_id) references contract (workspace_id, id) on delete cascade
);
-- Serves what waits for a look.
create index contract_effect_open on contract_effect (workspace_id, at) where needs_look and seen_at is null;
select enable_workspace_policies('contract_effect');
