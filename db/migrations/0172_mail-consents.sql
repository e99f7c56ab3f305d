-- A consent screen that somebody was sent to: what comes back is taken once, from the same person, within minutes.
create table mail_consent (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  state_hash bytea not null,
  actor_id text not null,
  -- The PKCE verifier and what the mailbox is connected with, sealed.
  sealed bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (workspace_id, id)
);
create unique index mail_consent_state on mail_consent (workspace_id, state_hash);
select enable_workspace_policies('mail_consent');
