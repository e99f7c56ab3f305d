-- A link by which a person who forgot their password chooses a new one, once. Exempt by workspace_id like the people themselves.
create table password_reset (
  id text primary key,
  user_id text not null references app_user (id) on delete cascade,
  -- SHA-256 of the token in the link.
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
-- Serves the end of a person's earlier links.
create index password_reset_user on password_reset (user_id);
alter table password_reset enable row level security;
alter table password_reset force row level security;
create policy system_only on password_reset to rapport_system using (true) with check (true);
grant select, insert, update, delete on password_reset to rapport_system;
