-- What the board says of a live post that is not what was approved, in a few words, and since when. Null while all is well.
-- Told by whoever looks at posts; a column of the piece, since the roster of 500 creators reads it with one look.
alter table deliverable add column live_fault text check (length(live_fault) between 1 and 80);
alter table deliverable add column live_fault_since timestamptz check ((live_fault_since is null) = (live_fault is null));
update deliverable d set live_fault = 'Post not as approved', live_fault_since = s.state_since
from live_post p join submission s on s.workspace_id = p.workspace_id and s.id = p.submission_id
where d.workspace_id = s.workspace_id and d.id = s.deliverable_id and p.result in ('differs', 'missing') and p.accepted_at is null;
