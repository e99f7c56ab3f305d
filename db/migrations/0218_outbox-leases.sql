-- Who holds a delivery while it is handed over: a batch whose database died is let go by its token as soon as the database answers, not after the lease.
alter table outbox_delivery add column lease text;
