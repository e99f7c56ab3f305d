-- What the brand offers for a right, what the creator asks instead, and the amendment it ends in.
alter table content_right add column price_minor bigint check (price_minor > 0);
alter table content_right add column price_currency text;
alter table content_right add column counter_minor bigint check (counter_minor > 0);
alter table content_right add column counter_note text not null default '' check (length(counter_note) <= 2000);
-- The contract whose amendment has the right and its price; the right is granted once both signed it.
alter table content_right add column amends_id text;
alter table content_right add constraint content_right_price check ((price_minor is null and counter_minor is null) = (price_currency is null));
alter table content_right drop constraint content_right_state_check;
alter table content_right add constraint content_right_state_check
  check (state in ('requested', 'countered', 'agreed', 'granted', 'declined', 'ended'));
