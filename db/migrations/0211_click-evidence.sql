alter table click
  -- Hash of the visitor's network (/24, or /48 of version 6) by the salt of the day: tells many devices of one network apart from many networks.
  add column prefix_hash bytea,
  -- Name of the advertiser's parameter the address was opened with, such as gclid; its value is not kept.
  add column ad_param text;
