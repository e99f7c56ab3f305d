/** A workspace came in by an archive: what is derived from its rows has to be made. */
export const workspaceImported = 'archives.workspace_imported';
