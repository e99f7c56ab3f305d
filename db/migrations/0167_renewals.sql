-- A renewal is a contract of its own that stands beside the one it renews until that one has run out, so that there is no gap and nothing owed by the old one is lost.
-- No foreign key: contracts outlive what they speak of.
alter table contract add column renews_id text;
alter table contract add column is_waiting boolean not null default false check (not is_waiting or renews_id is not null);
-- The day after its last day came. What is still owed by it stays owed; `ended_at` is for contracts that were broken off.
alter table contract add column ran_out_at timestamptz;
drop index contract_live;
alter table contract drop column is_live;
alter table contract add column is_live boolean not null generated always as
  (ended_at is null and ran_out_at is null and (in_force_version is not null or state in ('draft', 'sent', 'countered', 'agreed'))) stored;
-- One contract an enrolment at a time, and one renewal of it, however often one is asked for.
create unique index contract_live on contract (workspace_id, enrolment_id, is_waiting) where is_live;
-- Serves what became of the renewal of a contract.
create index contract_renews on contract (workspace_id, renews_id) where renews_id is not null;

-- What the roster says of a contract that ran out: the last day it held, and why it was not renewed. Null while one holds, or none ever did.
alter table enrolment add column contract_ended_on date;
alter table enrolment add column contract_end_reason text check (length(contract_end_reason) <= 300);
