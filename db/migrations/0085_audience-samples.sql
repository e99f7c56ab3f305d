-- Samples of likers and commenters beside those of followers: one of each kind at a moment.
alter table follower_sample add column kind text not null default 'followers' check (kind in ('followers', 'likers', 'commenters'));
alter table follower_sample drop constraint follower_sample_pkey;
alter table follower_sample add primary key (workspace_id, profile_id, kind, taken_at);
