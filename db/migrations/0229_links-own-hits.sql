-- The hits of one creator's links are broken down from the index alone: what a break-down asks stands beside the key, so that none of a year's hits is fetched.
drop index click_link;
create index click_link on click (workspace_id, link_id, clicked_at) include (day, counted, is_first, drop_reason, country, device, channel);
