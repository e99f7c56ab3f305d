-- A file somebody uploaded or the program made: its content lies in the data folder under its hash, one file however many rows name it.
create table stored_file (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  -- SHA-256 of the content, hex.
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('image', 'video', 'audio', 'pdf', 'text')),
  -- What the content says it is, not what its sender said.
  content_type text not null,
  name text not null check (length(name) between 1 and 200),
  bytes bigint not null check (bytes > 0),
  width int,
  height int,
  -- A small WebP of an image, under its own hash.
  preview_hash text check (preview_hash ~ '^[0-9a-f]{64}$'),
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
-- Serves the collection of content nobody names.
create index stored_file_content on stored_file (content_hash);
create index stored_file_preview on stored_file (preview_hash) where preview_hash is not null;
select enable_workspace_policies('stored_file');
