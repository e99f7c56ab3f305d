-- Work with a creator from before, or kept in another tool: imported, each row once however often its file is read.
create table past_work (
  workspace_id text not null,
  id text not null,
  person_id text not null,
  -- SHA-256 over creator, campaign and post or day, hex: tells one row from another.
  row_key text not null,
  source text not null,
  campaign_name text not null,
  status text,
  -- What the status means here.
  standing text not null check (standing in ('contacted', 'declined', 'worked', 'unknown')),
  fee_minor bigint check (fee_minor >= 0),
  paid_minor bigint check (paid_minor >= 0),
  currency char(3),
  paid_on date,
  post_url text,
  posted_on date,
  due_on date,
  -- 0 to 1, whatever the scale of the file was.
  rating numeric check (rating between 0 and 1),
  again text check (again in ('yes', 'maybe', 'no')),
  note text,
  imported_by text not null,
  imported_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, row_key),
  check ((fee_minor is null and paid_minor is null) or currency is not null),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
create index past_work_person on past_work (workspace_id, person_id, posted_on desc);
select enable_workspace_policies('past_work');
