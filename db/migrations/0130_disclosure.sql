-- Whose rules on disclosure a workspace checks by, how strictly, and the labels it writes itself. No row: the defaults.
create table disclosure_settings (
  workspace_id text not null references workspace (id) on delete cascade,
  countries text[] not null default '{}',
  strictness text not null default 'standard' check (strictness in ('standard', 'strict')),
  -- Own label by language, such as {"en": "Ad"}.
  wording jsonb not null default '{}',
  version int not null default 1,
  updated_by_name text not null,
  updated_at timestamptz not null,
  primary key (workspace_id)
);
select enable_workspace_policies('disclosure_settings');

-- What was seen when a draft or a post was looked at, and what the rules of that day said of it. Only ever added to: it is shown to those who ask later.
create table disclosure_evidence (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  -- What it is of, by its own module's id, such as a submission or a deliverable; null for a caption given by hand.
  subject_kind text,
  subject_id text,
  person_id text,
  campaign_id text,
  platform text not null,
  country text not null,
  url text,
  caption text not null,
  -- SHA-256 of the caption as UTF-8, in hexadecimal.
  caption_sha256 text not null check (length(caption_sha256) = 64),
  screenshot_file_id text,
  -- When it was seen on the platform, by the one who says so.
  seen_at timestamptz not null,
  relation text not null,
  media jsonb not null,
  platform_label boolean,
  verdict text not null check (verdict in ('pass', 'warn', 'fail', 'not_needed')),
  standing text not null,
  pack text not null,
  findings jsonb not null,
  recorded_by_name text not null,
  recorded_at timestamptz not null,
  -- The same sight is kept once.
  key text,
  primary key (workspace_id, id)
);
create unique index disclosure_evidence_key on disclosure_evidence (workspace_id, key) where key is not null;
create index disclosure_evidence_recorded on disclosure_evidence (workspace_id, recorded_at desc, id desc);
create index disclosure_evidence_subject on disclosure_evidence (workspace_id, subject_kind, subject_id);
create index disclosure_evidence_person on disclosure_evidence (workspace_id, person_id);
select enable_workspace_policies('disclosure_evidence');
revoke update, delete on disclosure_evidence from rapport_app;
revoke update on disclosure_evidence from rapport_system;
