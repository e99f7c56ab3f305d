-- Pictures of a live post as somebody saw it, kept as evidence beside the looks at it.
create table live_screenshot (
  workspace_id text not null,
  submission_id text not null,
  file_id text not null,
  -- The look it is shown at; null until a look could read the post.
  check_id text,
  added_by text not null,
  added_side text not null check (added_side in ('manager', 'creator')),
  added_at timestamptz not null,
  primary key (workspace_id, submission_id, file_id),
  foreign key (workspace_id, submission_id) references submission (workspace_id, id) on delete cascade
);
select enable_workspace_policies('live_screenshot');

-- Of an erased creator the archive keeps that a post was checked, when, by which rules and with what verdict; the system alone may empty what names them.
grant update (person_id, subject_id, url, caption, media, findings, screenshot_file_id) on disclosure_evidence to rapport_system;
