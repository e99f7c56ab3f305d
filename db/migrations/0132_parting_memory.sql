-- What of the memory of a creator was moved by a merge, so that undoing the merge gives it back.
create table relationship_move (
  workspace_id text not null,
  from_person_id text not null,
  to_person_id text not null,
  -- The table moved, such as 'creator_note'; 'lifted_flag' for a flag that fell because the kept creator had one.
  what text not null check (what in ('creator_note', 'rebook_opinion', 'incident', 'past_work', 'manager_creator', 'do_not_work', 'lifted_flag')),
  row_id text not null,
  primary key (workspace_id, from_person_id, to_person_id, what, row_id),
  foreign key (workspace_id, from_person_id) references person (workspace_id, id) on delete cascade,
  foreign key (workspace_id, to_person_id) references person (workspace_id, id) on delete cascade
);
select enable_workspace_policies('relationship_move');
