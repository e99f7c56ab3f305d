-- Why a creator who got something does not show it, as they or a member said. One a creator and campaign, the newest word counts.
create table no_post_reason (
  workspace_id text not null,
  enrolment_id text not null,
  campaign_id text not null,
  person_id text not null,
  reason text not null check (reason in ('not_liked', 'damaged', 'not_fitting', 'no_time', 'later', 'never_meant', 'no_answer', 'other')),
  note text check (length(note) <= 500),
  said_by text not null check (said_by in ('creator', 'member')),
  by_name text not null,
  at timestamptz not null,
  primary key (workspace_id, enrolment_id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
create index no_post_reason_campaign on no_post_reason (workspace_id, campaign_id);
create index no_post_reason_person on no_post_reason (workspace_id, person_id);
select enable_workspace_policies('no_post_reason');
