-- An archive of everything the workspace owns: a file in the data folder under the id of its row, until it expires.
create table workspace_archive (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  state text not null check (state in ('running', 'ready', 'failed', 'cancelled', 'expired')),
  -- What is being done, for whoever waits.
  step text not null,
  rows_done bigint not null default 0,
  rows_total bigint,
  bytes bigint,
  -- What is in it, once it is whole: parts with their rows, files, secrets left out.
  content jsonb,
  error text,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  expires_at timestamptz,
  cancel_asked_at timestamptz,
  -- Past when the process that made it is gone.
  lease_until timestamptz,
  primary key (workspace_id, id)
);
-- One at a time.
create unique index workspace_archive_running on workspace_archive (workspace_id) where state = 'running';
-- Serves the look for runs whose process is gone, and for files that expire.
create index workspace_archive_due on workspace_archive (state, expires_at) where state in ('running', 'ready');
select enable_workspace_policies('workspace_archive');

-- An archive that came to this installation, to be made a workspace of it. It belongs to no workspace until that is made.
create table archive_import (
  id text primary key,
  state text not null check (state in ('uploaded', 'running', 'done', 'failed', 'cancelled')),
  file_name text not null,
  bytes bigint not null,
  -- What its manifest says, as shown before it is taken in.
  content jsonb not null,
  step text not null,
  rows_done bigint not null default 0,
  rows_total bigint not null,
  -- The workspace that was made, and what a person has to do there.
  made_workspace_id text,
  result jsonb,
  error text,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  cancel_asked_at timestamptz,
  lease_until timestamptz
);
-- One at a time in the installation.
create unique index archive_import_running on archive_import (state) where state = 'running';
create index archive_import_newest on archive_import (created_at desc, id desc);
grant select, insert, update, delete on archive_import to rapport_system;
