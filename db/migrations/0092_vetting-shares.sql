-- A report shown to somebody outside by a link, the creator among them; of the link's secret only the hash is kept.
create table vetting_share (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  report_id text not null,
  name text not null check (length(name) between 1 and 120),
  token_hash bytea not null,
  can_appeal boolean not null,
  shows_brand boolean not null,
  passphrase_hash text,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  opened int not null default 0,
  last_opened_at timestamptz,
  wrong_tries int not null default 0,
  wrong_at timestamptz,
  window_at timestamptz,
  window_calls int not null default 0,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade,
  foreign key (workspace_id, report_id) references vetting_report (workspace_id, id) on delete cascade
);
-- Serves opening a link, which names no workspace.
create unique index vetting_share_token on vetting_share (token_hash);
-- Serves the links to a creator's reports.
create index vetting_share_person on vetting_share (workspace_id, person_id, id);
select enable_workspace_policies('vetting_share');

-- What a creator says against a report, by a link without an account, and what the workspace answered.
create table vetting_appeal (
  workspace_id text not null,
  id text not null,
  share_id text not null,
  person_id text not null,
  report_id text not null,
  point text not null check (point in ('overall', 'engagement_quality', 'audience_authenticity', 'past_partnerships', 'content_consistency', 'brand_alignment')),
  author_name text not null check (length(author_name) between 1 and 120),
  body text not null check (length(body) between 1 and 5000),
  made_at timestamptz not null,
  outcome text check (outcome in ('accepted', 'partly', 'declined')),
  answer text,
  answered_by text,
  answered_by_name text,
  answered_at timestamptz,
  check ((outcome is null) = (answer is null)),
  primary key (workspace_id, id),
  foreign key (workspace_id, share_id) references vetting_share (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves the appeals about a creator, and the open ones of a workspace.
create index vetting_appeal_person on vetting_appeal (workspace_id, person_id, id desc);
create index vetting_appeal_open on vetting_appeal (workspace_id, id desc) where outcome is null;
select enable_workspace_policies('vetting_appeal');
