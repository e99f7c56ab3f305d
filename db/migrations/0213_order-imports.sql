-- Orders from files: the file lies in the data folder and is read batch by batch. The run's position moves in the transaction of its batch,
-- so that a run that was killed goes on from its last committed row.
create table order_import (
  workspace_id text not null,
  id text not null,
  -- Null until the run starts: a source of the workspace.
  source_id text,
  file_name text not null,
  file_bytes bigint not null,
  -- What the file is: format, encoding, delimiter.
  detected jsonb not null,
  columns jsonb not null,
  header_key text not null,
  -- How it is read, once it starts: the column of each field, the order of day and month, the currency of rows that name none.
  mapping jsonb,
  state text not null check (state in ('uploaded', 'running', 'done', 'failed', 'cancelled')),
  rows_done bigint not null default 0,
  bytes_done bigint not null default 0,
  -- The order of the last row read: lines of articles that follow it belong to it, in the next batch too.
  last_order text not null default '',
  counts jsonb not null default '{}',
  error text,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  cancel_asked_at timestamptz,
  finished_at timestamptz,
  -- One runner at a time; the lease of one that died runs out.
  runner text,
  lease_until timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, source_id) references order_source (workspace_id, id) on delete cascade
);
create index order_import_newest on order_import (workspace_id, created_at desc, id desc);
create index order_import_running on order_import (started_at) where state = 'running';
select enable_workspace_policies('order_import');

create table order_import_error (
  workspace_id text not null,
  import_id text not null,
  row_number bigint not null,
  field text not null,
  message text not null,
  primary key (workspace_id, import_id, row_number, field),
  foreign key (workspace_id, import_id) references order_import (workspace_id, id) on delete cascade
);
select enable_workspace_policies('order_import_error');

-- How files of a source with these headings are read, as somebody said it last.
create table order_mapping (
  workspace_id text not null,
  source_id text not null,
  header_key text not null,
  mapping jsonb not null,
  updated_by text not null,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, source_id, header_key),
  foreign key (workspace_id, source_id) references order_source (workspace_id, id) on delete cascade
);
select enable_workspace_policies('order_mapping');
