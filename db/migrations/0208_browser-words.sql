-- True once the browser named an amount: the first amount counts, however often a page is loaded anew.
alter table browser_word add column has_details boolean not null default false;
