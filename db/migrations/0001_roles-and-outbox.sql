-- Group roles that grants and policies name. Each installation logs in as members of them; see src/infra/db/roles.ts.
-- rapport_app: every request, held to one workspace by row-level security.
-- rapport_system: index build, click drain, jobs, sign-in; sees all workspaces by policies of its own.
grant usage on schema public to rapport_app, rapport_system;

-- Marks a table as belonging to workspaces: row-level security for requests, full sight for the system role.
create function enable_workspace_policies(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy one_workspace on %s to rapport_app using (workspace_id = current_setting(''rapport.workspace_id'', true)) with check (workspace_id = current_setting(''rapport.workspace_id'', true))',
    target);
  execute format('create policy all_workspaces on %s to rapport_system using (true) with check (true)', target);
  execute format('grant select, insert, update, delete on %s to rapport_app, rapport_system', target);
end $$;

-- What happened, for the modules that depend on it. Written in the transaction of the change.
create table outbox (
  workspace_id text not null,
  id text not null,
  name text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
select enable_workspace_policies('outbox');

-- One row per event and consumer that still has to see it: claimed with `for update skip locked`, deleted when done.
create table outbox_delivery (
  workspace_id text not null,
  event_id text not null,
  consumer text not null,
  attempts int not null default 0,
  due_at timestamptz not null default now(),
  last_error text,
  primary key (workspace_id, event_id, consumer)
);
-- Serves the claim of the next due deliveries of a consumer.
create index outbox_delivery_due on outbox_delivery (consumer, due_at, event_id);
select enable_workspace_policies('outbox_delivery');
