-- Steps of one moment stay in the order they were taken: an answer, its signature and what came into force by it.
alter table contract_event add column seq bigint not null default (extract(epoch from clock_timestamp()) * 1000000)::bigint;
