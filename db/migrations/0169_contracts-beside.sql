-- Two contracts both sides signed hold both, also when two creators turn out to be one: the second stands beside the first until somebody ends one.
alter table contract add column beside int not null default 0 check (beside >= 0);
drop index contract_live;
create unique index contract_live on contract (workspace_id, enrolment_id, is_waiting, beside) where is_live;
