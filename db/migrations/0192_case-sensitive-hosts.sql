-- Hosts on which Nell and nell are two links; settled before the first link lives there.
alter table link_domain add column is_case_sensitive boolean not null default false;
