alter table order_backfill
  -- How often in a row a reading of past orders met a shop that gave no answer: it does not wait for ever.
  add column waits int not null default 0,
  -- While a run reads it no other one does; that of a run that died ends by itself.
  add column lease_until timestamptz;
