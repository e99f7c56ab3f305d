-- Serve who names a brand: few posts mention or tag anything, so most rows are not in these.
create index post_mentions on post using gin (mentions) where mentions <> '{}';
create index post_hashtags on post using gin (hashtags) where hashtags <> '{}';
-- Serves the posts of a period, and how many there are.
create index post_period on post (workspace_id, posted_at) where posted_at is not null;
