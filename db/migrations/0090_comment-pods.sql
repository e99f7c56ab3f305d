-- Groups of commenters who meet under the same creators more often than chance explains; made anew from all comments of a workspace.
create table comment_pod (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  state text not null check (state in ('likely', 'possible')),
  computed_at timestamptz not null,
  figures jsonb not null,
  primary key (workspace_id, id)
);
select enable_workspace_policies('comment_pod');

create table comment_pod_member (
  workspace_id text not null,
  author_key text not null,
  pod_id text not null,
  profile_ids text[] not null,
  comments int not null,
  primary key (workspace_id, author_key),
  foreign key (workspace_id, pod_id) references comment_pod (workspace_id, id) on delete cascade
);
create index comment_pod_member_pod on comment_pod_member (workspace_id, pod_id, author_key);
select enable_workspace_policies('comment_pod_member');

-- When copies and pods of a workspace were last looked for, and what there was to look at.
create table comment_search (
  workspace_id text not null references workspace (id) on delete cascade,
  searched_at timestamptz not null,
  result jsonb not null,
  primary key (workspace_id)
);
select enable_workspace_policies('comment_search');
