-- Which enrolments followed a merge of two creators: brought together with the kept creator's own on that campaign (`kept_id`), or merely under another person
-- (`kept_id` is the enrolment itself). A merge that is undone parts them; the row stays, so that a repeat or a late event finds what holds.
create table enrolment_join (
  workspace_id text not null,
  joined_id text not null,
  kept_id text not null,
  campaign_id text not null,
  joined_person_id text not null,
  kept_person_id text not null,
  -- Both rows as they were, and the kept one as it was right after (`kept`, `joined`, `after`), for putting back what nobody changed since.
  stood jsonb not null default '{}',
  -- Both had a fee and not both were agreed: a person decides. Until then each row holds its own, so that no sum changes.
  fee_question text not null default 'none' check (fee_question in ('none', 'open', 'decided')),
  fee_choice text check (fee_choice in ('both', 'kept', 'joined')),
  fee_reason text check (length(fee_reason) <= 300),
  decided_by text,
  decided_at timestamptz,
  joined_at timestamptz not null,
  parted_at timestamptz,
  primary key (workspace_id, joined_id, joined_person_id),
  foreign key (workspace_id, joined_id) references enrolment (workspace_id, id) on delete cascade
);
-- Serves what was brought together with an enrolment, and what follows a person.
create index enrolment_join_kept on enrolment_join (workspace_id, kept_id) where parted_at is null;
create index enrolment_join_persons on enrolment_join (workspace_id, kept_person_id) where parted_at is null;
create index enrolment_join_question on enrolment_join (workspace_id, joined_at) where fee_question = 'open' and parted_at is null;
select enable_workspace_policies('enrolment_join');

-- What came along with a joined enrolment, row by row, so that a parting gives back exactly that.
create table enrolment_move (
  workspace_id text not null,
  joined_id text not null,
  what text not null,
  row_id text not null,
  kept_id text not null,
  -- What was changed on the way, where that was more than whose it is.
  stood jsonb,
  primary key (workspace_id, joined_id, what, row_id),
  foreign key (workspace_id, joined_id) references enrolment (workspace_id, id) on delete cascade
);
select enable_workspace_policies('enrolment_move');

-- The enrolment this one was brought together with; off the roster since. What it still holds of money counts on.
alter table enrolment add column joined_into text;
alter table enrolment_history drop constraint enrolment_history_kind_check;
alter table enrolment_history add constraint enrolment_history_kind_check
  check (kind in ('added', 'moved', 'changed', 'removed', 'restored', 'joined', 'parted'));
