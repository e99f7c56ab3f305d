-- Names, address and title as they stood when a version was made, so that its document is the same whenever it is first looked at.
alter table contract_version add column parties jsonb not null default '{}';
-- Who did it, to tell whether a signer has opened the document they sign.
alter table contract_event add column by_id text not null default '';
