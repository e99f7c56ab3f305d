-- Serves the look whether an import works in a workspace, before each batch of what follows imports.
create index import_run_running on import_run (workspace_id) where state = 'running';
