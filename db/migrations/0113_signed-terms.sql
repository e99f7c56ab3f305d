-- What the contracts in force pay a creator on a campaign together, as signed: stands beside the fee that is planned with, which a person may set.
-- Null while nothing is signed, or what is signed names no fixed fee.
alter table enrolment add column signed_fee_minor bigint check (signed_fee_minor >= 0);
alter table enrolment add column signed_fee_currency text;
alter table enrolment add constraint enrolment_signed_fee check ((signed_fee_minor is null) = (signed_fee_currency is null));

-- The contract a piece is owed by, with the name and day signed last, so that what was changed by hand is told from what a later version changes.
-- Why one is owed no longer stays with it.
alter table deliverable add column contract_id text;
alter table deliverable add column signed_title text;
alter table deliverable add column signed_due_on date;
alter table deliverable add column closed_reason text;
