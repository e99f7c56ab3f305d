import type { ArchiveContent } from './api/parts.ts';
import type { ArchiveImport, ArchiveImportResult, ArchiveMember, WorkspaceArchive } from './api.ts';
import type { Manifest } from './manifest.ts';
import type { ArchiveRow } from './queries/export-runs.ts';
import type { ImportRow } from './queries/import-runs.ts';

/** What is kept of an archive that came in, beside its file. */
export interface ArrivedContent {
  content: ArchiveContent;
  members: ArchiveMember[];
  suggestedSlug: string;
}

export function toContent(manifest: Manifest): ArchiveContent {
  const { workspace, parts } = manifest;
  return {
    workspace: { name: workspace.name, slug: workspace.slug, isSample: workspace.isSample },
    asOf: manifest.createdAt,
    rapportVersion: manifest.rapportVersion,
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    parts: parts.map(({ name, rows, isTakenIn }) => ({ name, rows, isTakenIn })),
    files: manifest.files,
    missingFiles: manifest.missingFiles.length,
    secretsLeftOut: manifest.secretsLeftOut,
    leftOut: manifest.leftOut,
    notices: manifest.notices,
  };
}

export function toArchive(row: ArchiveRow): WorkspaceArchive {
  return {
    id: row.id,
    state: row.state as WorkspaceArchive['state'],
    step: row.step,
    rowsDone: Number(row.rows_done),
    rowsTotal: row.rows_total === null ? null : Number(row.rows_total),
    bytes: row.bytes === null ? null : Number(row.bytes),
    // Written by `toContent` from the schema's own type.
    content: row.content as unknown as ArchiveContent | null,
    error: row.error,
    createdBy: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
  };
}

export function toImport(row: ImportRow): ArchiveImport {
  // Written by `uploadOne` from the schema's own type.
  const { content, members, suggestedSlug } = row.content as unknown as ArrivedContent;
  return {
    id: row.id,
    state: row.state as ArchiveImport['state'],
    step: row.step,
    rowsDone: Number(row.rows_done),
    rowsTotal: Number(row.rows_total),
    fileName: row.file_name,
    bytes: Number(row.bytes),
    content,
    members,
    suggestedSlug,
    result: row.result as unknown as ArchiveImportResult | null,
    error: row.error,
    createdBy: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
