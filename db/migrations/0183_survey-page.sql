-- What a workspace asks customers after their order, on a page of its own behind a signed link. No row: nothing is asked.
create table survey (
  workspace_id text primary key references workspace (id) on delete cascade,
  question text not null check (length(question) between 1 and 200),
  -- [{"label", "asks", "personId", "campaignId"}]: what can be chosen; `asks` is a second question with a line for the answer.
  choices jsonb not null,
  thanks text not null check (length(thanks) between 1 and 300),
  is_open boolean not null default false,
  -- Counts the links there were: a new one ends the one before.
  link_no int not null default 1,
  updated_at timestamptz not null default now()
);
select enable_workspace_policies('survey');

alter table survey_answer
  -- What was chosen on the page; null for answers that came in words alone.
  add column choice text,
  -- How it came in.
  add column via text not null default 'api' check (via in ('api', 'file', 'page', 'hand'));
alter table survey_answer drop constraint survey_answer_matched_by_check;
alter table survey_answer add constraint survey_answer_matched_by_check
  check (matched_by in ('given', 'handle', 'name', 'code', 'choice', 'hand'));
-- Serves the list, newest first, and the limit on answers a minute.
create index survey_answer_newest on survey_answer (workspace_id, answered_at desc, id desc);
