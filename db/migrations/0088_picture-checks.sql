-- What was measured on a stored picture, once.
create table picture_check (
  workspace_id text not null,
  media_id text not null,
  width int not null,
  height int not null,
  -- Variance of the Laplacian at 256 pixels a side: small is blurred.
  sharpness double precision not null,
  -- 0 to 1.
  brightness double precision not null,
  -- 64 bits of a difference hash: like pictures differ in few.
  print bigint not null,
  -- Its four quarters, each marked with its place: two prints within three bits share at least one.
  bands int[] not null,
  checked_at timestamptz not null,
  primary key (workspace_id, media_id),
  foreign key (workspace_id, media_id) references media (workspace_id, id) on delete cascade
);
create index picture_check_bands on picture_check using gin (bands);
select enable_workspace_policies('picture_check');
