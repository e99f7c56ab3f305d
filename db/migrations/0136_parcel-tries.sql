-- Counts up when an order is given up before it was placed: what the shop may have of it under the old number is not taken for the new one.
alter table shipment add column version int not null default 0;
-- What became of the reminder: sent, off (no mail), no_address, not_needed (posted before). Null while it is to come.
alter table shipment add column nudge text check (nudge in ('sent', 'off', 'no_address', 'not_needed'));
drop index shipment_delivered;
create index shipment_delivered on shipment (workspace_id, id) where state = 'delivered' and nudge is null;
