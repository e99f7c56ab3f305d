-- An order is written when it comes and once more when its credit is decided, changing no column of an index: with room left on its page the second write touches none of its
-- indexes. The same for what is known of it, and for its judgement.
alter table conversion set (fillfactor = 70);
alter table order_record set (fillfactor = 60);
alter table fraud_order set (fillfactor = 80);
