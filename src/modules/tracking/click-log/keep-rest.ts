import { mkdir, open, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentPath } from './append-clicks.ts';
import { listSegments } from './own-folder.ts';

// Hidden, so that it is never taken for a folder of a process.
const restFolder = '.rest';
const restBytesMax = 64 * 1024 * 1024;

/** What was cut off a segment, by the name of its file: folder, segment and the byte it began at. */
export interface KeptRest {
  file: string;
  bytes: number;
  keptAt: Date;
}

/**
 * Keeps what follows the last whole record of a segment before the segment is removed: after a crash it is the beginning of a record nobody was answered for, after
 * damage to the disk it may be more. The same cut again writes the same file. Returns its bytes; 0 when nothing follows.
 */
export async function keepRest(
  root: string,
  of: { folder: string; number: number; fromBytes: number },
): Promise<number> {
  const source = await open(segmentPath(join(root, of.folder), of.number), 'r');
  try {
    const bytes = Math.min(restBytesMax, (await source.stat()).size - of.fromBytes);
    if (bytes <= 0) return 0;
    const rest = Buffer.alloc(bytes);
    await source.read(rest, 0, bytes, of.fromBytes);
    const dir = join(root, restFolder);
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const name = `${of.folder}-${of.number.toString().padStart(8, '0')}-from-${of.fromBytes}.part`;
    const draft = join(dir, `.${name}`);
    const target = await open(draft, 'w', 0o600);
    try {
      await target.writeFile(rest);
      await target.sync();
    } finally {
      await target.close();
    }
    await rename(draft, join(dir, name));
    return bytes;
  } finally {
    await source.close();
  }
}

export interface ClickLogState {
  /** Folders of processes, running or ended, that hold segments. */
  folders: number;
  segments: number;
  bytes: number;
  /** What was cut off, newest first. */
  rests: KeptRest[];
}

/** What lies in the folder of click logs; changes nothing. Null when there is none. */
export async function inspectClickLog(root: string): Promise<ClickLogState | null> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  const state: ClickLogState = { folders: 0, segments: 0, bytes: 0, rests: [] };
  for (const entry of entries) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const dir = join(root, entry.name);
    const numbers = segmentsOf(dir);
    if (numbers.length > 0) state.folders += 1;
    state.segments += numbers.length;
    for (const number of numbers) state.bytes += (await stat(segmentPath(dir, number)).catch(() => null))?.size ?? 0;
  }
  for (const file of await readdir(join(root, restFolder)).catch(() => [])) {
    const found = await stat(join(root, restFolder, file)).catch(() => null);
    if (found !== null && file.endsWith('.part') && !file.startsWith('.'))
      state.rests.push({ file: join(root, restFolder, file), bytes: found.size, keptAt: found.mtime });
  }
  state.rests.sort((a, b) => b.keptAt.getTime() - a.keptAt.getTime() || (a.file < b.file ? -1 : 1));
  return state;
}

/** A folder may be drained away while it is looked at. */
function segmentsOf(dir: string): number[] {
  try {
    return listSegments(dir);
  } catch {
    return [];
  }
}
