-- The transaction each event was written in. Ids and clocks do not tell in which order transactions committed; with this a reader goes on from
-- the oldest transaction that was still open when it last read (pg_snapshot_xmin) and misses none.
alter table outbox add column xid xid8 not null default pg_current_xact_id();
-- Serves what happened in a workspace since a reader last looked.
create index outbox_order on outbox (workspace_id, xid);
