import { readFile } from 'node:fs/promises';
import type { Selectable } from 'kysely';
import type { StoredFile as StoredFileRow } from '#db/tables.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { Clock } from '../clock.ts';
import type { Database, Tx } from '../db/database.ts';
import type { Download } from '../http/call.ts';
import { contentPath, keepContent, readContent, removeUnnamed, TooLarge } from './content-store.ts';
import type { FileKind } from './file-kind.ts';
import { rangeOf } from './range.ts';
import { refused, tellFormat, viewImage } from './tell-format.ts';

export type { FileKind } from './file-kind.ts';

export interface StoredFile {
  id: string;
  contentHash: string;
  kind: FileKind;
  contentType: string;
  name: string;
  bytes: number;
  width: number | null;
  height: number | null;
  previewHash: string | null;
  createdBy: string;
  createdAt: Date;
}

export interface Upload {
  content: AsyncIterable<Uint8Array> | null;
  /** As the sender calls it; shortened, and never used as a path. */
  name: string;
  accept: readonly FileKind[];
  bytesMax: number;
  /** Who sent it, for people to read. */
  by: string;
}

/** Files that belong to a workspace: uploads and what the program made. Who may see one is decided by the module that names it. */
export interface Files {
  /** Stores an upload, on disk before it returns. Errors: files.not_accepted when it is not what is taken, too large or empty. */
  keep(workspaceId: string, upload: Upload): Promise<StoredFile>;
  /** Error: not_found, the same for another workspace's file. */
  get(tx: Tx, workspaceId: string, fileId: string): Promise<StoredFile>;
  list(tx: Tx, workspaceId: string, fileIds: readonly string[]): Promise<StoredFile[]>;
  read(file: StoredFile): Promise<Buffer>;
  /** The answer of a download endpoint; `range` of the request is honoured, so that videos can be wound. */
  download(file: StoredFile, how: { request: Request; isShown: boolean }): Download;
  /** The small picture of an image; null for what has none. */
  preview(file: StoredFile): Download | null;
  /** Forgets the file; its content goes with the daily collection when nobody else names it. */
  remove(tx: Tx, workspaceId: string, fileId: string): Promise<void>;
  /** Removes content that no row names, once a day. Returns how many files went. */
  collect(): Promise<number>;
}

export function createFiles(needs: { db: Database; clock: Clock; dataDir: string }): Files {
  const { db, clock, dataDir } = needs;
  return {
    keep: async (workspaceId, upload) => {
      const measured = await keepUpload(dataDir, upload);
      const row = {
        workspace_id: workspaceId,
        id: newId('file'),
        ...measured,
        name: plainName(upload.name),
        created_by: upload.by.slice(0, 200),
        created_at: clock.now(),
      };
      const kept = await db.inWorkspace(workspaceId, (tx) =>
        tx.insertInto('stored_file').values(row).returningAll().executeTakeFirstOrThrow(),
      );
      return toFile(kept);
    },
    get: async (tx, workspaceId, fileId) => {
      const row = await tx
        .selectFrom('stored_file')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('id', '=', fileId)
        .executeTakeFirst();
      if (row === undefined) throw notFound('file');
      return toFile(row);
    },
    list: async (tx, workspaceId, fileIds) => {
      if (fileIds.length === 0) return [];
      const rows = await tx
        .selectFrom('stored_file')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('id', 'in', [...fileIds])
        .orderBy('id')
        .execute();
      return rows.map(toFile);
    },
    read: (file) => readFile(contentPath(dataDir, file.contentHash)),
    download: (file, { request, isShown }) => {
      const range = rangeOf(request.headers.get('range'), file.bytes);
      return {
        fileName: file.name,
        contentType: file.contentType,
        body: readContent(dataDir, file.contentHash, range ?? undefined),
        isShown,
        length: { total: file.bytes, range },
      };
    },
    preview: (file) =>
      file.previewHash === null
        ? null
        : {
            fileName: `${file.id}.webp`,
            contentType: 'image/webp',
            body: readContent(dataDir, file.previewHash),
            isShown: true,
          },
    remove: async (tx, workspaceId, fileId) => {
      await tx.deleteFrom('stored_file').where('workspace_id', '=', workspaceId).where('id', '=', fileId).execute();
    },
    collect: async () => {
      const named = await db.asSystem((tx) =>
        tx.selectFrom('stored_file').select(['content_hash', 'preview_hash']).execute(),
      );
      const hashes = new Set(named.flatMap((row) => [row.content_hash, row.preview_hash]));
      return removeUnnamed(dataDir, (hash) => hashes.has(hash), clock.now().getTime());
    },
  };
}

async function keepUpload(dataDir: string, upload: Upload) {
  if (upload.content === null) throw refused('It is empty.');
  let format: Awaited<ReturnType<typeof tellFormat>> | undefined;
  let view: Awaited<ReturnType<typeof viewImage>> | undefined;
  const kept = await keepContent(dataDir, upload.content, {
    bytesMax: upload.bytesMax,
    check: async ({ head, bytes, path }) => {
      if (bytes === 0) throw refused('It is empty.');
      format = await tellFormat(head, upload.accept);
      if (format.kind === 'image') view = await viewImage(path);
    },
  }).catch((error) => {
    if (error instanceof TooLarge) throw refused(`It is larger than ${Math.floor(upload.bytesMax / 1024 / 1024)} MB.`);
    throw error;
  });
  if (format === undefined) throw new Error('A file was kept without a look at it');
  const preview = view === undefined ? null : await keepPreview(dataDir, view.preview);
  return {
    content_hash: kept.hash,
    kind: format.kind,
    content_type: format.contentType,
    bytes: BigInt(kept.bytes),
    width: view?.width ?? null,
    height: view?.height ?? null,
    preview_hash: preview,
  };
}

async function keepPreview(dataDir: string, bytes: Buffer): Promise<string> {
  async function* once() {
    yield bytes;
  }
  const kept = await keepContent(dataDir, once(), { bytesMax: bytes.byteLength, check: async () => undefined });
  return kept.hash;
}

/** A name to show and to save by: no folders, no control characters, no direction marks, at most 200 characters. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return plain === '' ? 'file' : Array.from(plain).slice(-200).join('').slice(-200);
}

function toFile(row: Selectable<StoredFileRow>): StoredFile {
  return {
    id: row.id,
    contentHash: row.content_hash,
    kind: row.kind as FileKind,
    contentType: row.content_type,
    name: row.name,
    bytes: Number(row.bytes),
    width: row.width,
    height: row.height,
    previewHash: row.preview_hash,
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}
