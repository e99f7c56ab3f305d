-- Creators who were merged before enrolments followed to the same campaign: told once more, to the one consumer that brings them together (it goes by what holds now).
alter table person_merge no force row level security;
alter table enrolment no force row level security;
alter table outbox no force row level security;
alter table outbox_delivery no force row level security;

insert into outbox (workspace_id, id, name, payload)
select m.workspace_id, 'evt_000000000' || m.id, 'creators.merged',
  jsonb_build_object('keptPersonId', m.kept_person_id, 'absorbedPersonId', m.absorbed_person_id)
from person_merge m
where m.split_at is null
  and exists (select from enrolment e where e.workspace_id = m.workspace_id and e.person_id = m.absorbed_person_id);
insert into outbox_delivery (workspace_id, event_id, consumer)
select workspace_id, id, 'campaigns.follow-merges' from outbox where id like 'evt_000000000mrg%';

alter table person_merge force row level security;
alter table enrolment force row level security;
alter table outbox force row level security;
alter table outbox_delivery force row level security;
