alter table list add owner_id text;
alter table list add tags text[] not null default '{}';
alter table list add note text check (length(note) <= 4000);

-- One vote a person and creator, changeable. Guests vote through a shared link; their id is made of the link and the name they give.
create table list_vote (
  workspace_id text not null,
  list_id text not null,
  person_id text not null,
  voter_kind text not null check (voter_kind in ('member', 'guest')),
  voter_id text not null,
  voter_name text not null check (length(voter_name) between 1 and 120),
  vote text not null check (vote in ('yes', 'maybe', 'no')),
  voted_at timestamptz not null,
  primary key (workspace_id, list_id, person_id, voter_kind, voter_id),
  foreign key (workspace_id, list_id, person_id) references list_member (workspace_id, list_id, person_id) on delete cascade
);
select enable_workspace_policies('list_vote');

-- What is said about a creator on a list, by the team and by guests of a shared link; notes of the team stay on the member.
create table list_comment (
  workspace_id text not null,
  id text not null,
  list_id text not null,
  person_id text not null,
  author_kind text not null check (author_kind in ('member', 'guest')),
  author_id text not null,
  author_name text not null check (length(author_name) between 1 and 120),
  body text not null check (length(body) between 1 and 2000),
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, list_id, person_id) references list_member (workspace_id, list_id, person_id) on delete cascade
);
-- Serves the comments on the members of a list, oldest first.
create index list_comment_member on list_comment (workspace_id, list_id, person_id, id);
select enable_workspace_policies('list_comment');
