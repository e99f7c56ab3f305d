-- A picture kept by us: its file lies in the data folder under the hash of its content, one file however many use it.
create table media (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  -- SHA-256 of the stored file, hex.
  content_hash text not null,
  width int not null,
  height int not null,
  bytes int not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, content_hash)
);
select enable_workspace_policies('media');

-- What a picture shows: the face of a profile, or the thumbnail of a post. Nobody uses a picture without a row here: it is collected.
create table media_use (
  workspace_id text not null,
  subject_kind text not null check (subject_kind in ('profile', 'post')),
  subject_id text not null,
  media_id text not null,
  -- Where it came from and when: an address, or who uploaded it.
  source text not null,
  taken_at timestamptz not null,
  primary key (workspace_id, subject_kind, subject_id),
  foreign key (workspace_id, media_id) references media (workspace_id, id) on delete cascade
);
create index media_use_media on media_use (workspace_id, media_id);
select enable_workspace_policies('media_use');
