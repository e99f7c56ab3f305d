-- Windows come in by time and leave by age: blocks of a hundred pages are told apart well enough, and nothing is kept up for each click.
drop index click_window_hour;
create index click_window_hour on click_window using brin (hour) with (pages_per_range = 32, autosummarize = on);
