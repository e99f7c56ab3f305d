-- What a campaign asks a creator to accept when they hand in a draft without a contract: rights to use what is handed in. Versions never change; the newest counts, and
-- one without text asks for nothing.
create table rights_wording (
  workspace_id text not null,
  campaign_id text not null,
  version int not null check (version >= 1),
  text text not null check (length(text) <= 4000),
  channels text[] not null,
  is_paid boolean not null,
  territory text not null check (length(territory) between 1 and 120),
  -- Days from the day it was accepted; null: without end.
  days int check (days between 1 and 3650),
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (workspace_id, campaign_id, version),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
select enable_workspace_policies('rights_wording');
revoke update on rights_wording from rapport_app;

-- Who accepted which words, when and from where: evidence like a signature. The words stand here as they were shown.
create table rights_acceptance (
  workspace_id text not null,
  id text not null,
  campaign_id text not null,
  enrolment_id text not null,
  deliverable_id text not null,
  submission_id text not null,
  round int not null,
  person_id text not null,
  wording_version int not null,
  shown text not null,
  text_hash text not null check (text_hash ~ '^[0-9a-f]{64}$'),
  name text not null,
  address text not null,
  user_agent text not null,
  accepted_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, submission_id, round),
  foreign key (workspace_id, submission_id) references submission (workspace_id, id) on delete cascade
);
-- Serves the rights of what an enrolment made.
create index rights_acceptance_enrolment on rights_acceptance (workspace_id, enrolment_id, accepted_at);
select enable_workspace_policies('rights_acceptance');
revoke update on rights_acceptance from rapport_app;

alter table content_right drop constraint content_right_source_check;
alter table content_right add constraint content_right_source_check check (source in ('contract', 'request', 'by_hand', 'handed_in'));
alter table content_right add column acceptance_id text;
-- One right for each acceptance and piece, however often it is read.
create unique index content_right_acceptance on content_right (workspace_id, asset_id, acceptance_id) where acceptance_id is not null;
