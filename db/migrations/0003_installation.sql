-- What this installation remembers of itself, such as how far the sample workspace came. The system role only.
create table installation (
  name text primary key,
  value text not null,
  updated_at timestamptz not null default now()
);
grant select, insert, update, delete on installation to rapport_system;
