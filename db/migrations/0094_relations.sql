-- Creators whose relation to the workspace (contacted, worked with) has to be stated to search once: those on campaigns from before it was.
-- Emptied at the next start; kept for later corrections of the same kind.
create table relation_due (
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null,
  primary key (workspace_id, person_id)
);
select enable_workspace_policies('relation_due');
insert into relation_due (workspace_id, person_id) select distinct workspace_id, person_id from enrolment;
