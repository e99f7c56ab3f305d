import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SavedAt } from '../index-messages.ts';
import type { Assistant } from '../rules/assistant.ts';
import { CreatorIndex } from '../rules/creator-index.ts';
import { DisplayFile, displayFault } from './display-file.ts';
import { indexCatalogue } from './index-catalogue.ts';
import { PartsReader, partsOf } from './index-parts.ts';
import { readSnapshot, writeSnapshot } from './snapshot-file.ts';

const catalogue = indexCatalogue();
const aboutSchema = z.object({
  catalogue: z.string(),
  database: z.string(),
  xid: z.string().regex(/^\d+$/),
  display: z.object({ file: z.string(), bytes: z.number(), crc: z.number() }),
});
type About = z.infer<typeof aboutSchema>;

/** An index and the file its texts stand in. */
export interface KeptIndex {
  index: CreatorIndex;
  display: DisplayFile;
}

export interface OpenedIndex extends KeptIndex {
  /** Up to where the snapshot had everything; null when the index is empty. */
  since: string | null;
  /** Why a snapshot that is there was not used. */
  reason: string | null;
}

/** Reads the index of a workspace from its snapshot, or begins an empty one. Files that nothing refers to any more are removed. */
export async function openKeptIndex(
  workspaceId: string,
  at: SavedAt,
  assistant: Assistant | null = null,
): Promise<OpenedIndex> {
  mkdirSync(at.dir, { recursive: true, mode: 0o700 });
  const parts = new PartsReader();
  const outcome = await readSnapshot(
    snapshotPath(at.dir, workspaceId),
    (told) => faultOf(told, at),
    (part) => parts.take(part),
  );
  if (outcome.kind === 'read') {
    const about = aboutSchema.parse(outcome.about);
    removeOthers(at.dir, workspaceId, about.display.file);
    const display = new DisplayFile(join(at.dir, about.display.file), about.display);
    return { index: CreatorIndex.restore(parts.state(), display, assistant), display, since: about.xid, reason: null };
  }
  const file = `${workspaceId}.${randomBytes(6).toString('hex')}.texts`;
  removeOthers(at.dir, workspaceId, file);
  const display = new DisplayFile(join(at.dir, file));
  return {
    index: new CreatorIndex(display, { assistant }),
    display,
    since: null,
    reason: outcome.kind === 'unusable' ? outcome.reason : null,
  };
}

/**
 * Writes the snapshot of an index as it is at the call; from then on the index may change and answer. First the texts it refers to are on disk,
 * then the columns replace those of the last snapshot. Resolves to the bytes of both.
 */
export function saveKeptIndex(workspaceId: string, kept: KeptIndex, at: SavedAt): Promise<number> {
  const parts = partsOf(kept.index.state());
  const texts = kept.display.flush();
  const about: About = {
    catalogue,
    database: at.database,
    xid: at.xid,
    display: { file: kept.display.name, ...texts },
  };
  const write = async () => {
    await kept.display.sync();
    return texts.bytes + (await writeSnapshot(snapshotPath(at.dir, workspaceId), about, parts));
  };
  return write();
}

/** Removes all that is kept of a workspace's index. */
export function forgetKeptIndex(workspaceId: string, dir: string): void {
  if (!existsSync(dir)) return;
  rmSync(snapshotPath(dir, workspaceId), { force: true });
  removeOthers(dir, workspaceId, null);
}

/** Why a snapshot is not to be used. Texts are checked here too, since columns without them would show nothing. */
function faultOf(told: unknown, at: SavedAt): string | null {
  const parsed = aboutSchema.safeParse(told);
  if (!parsed.success) return 'it does not say what it holds';
  const about = parsed.data;
  if (about.catalogue !== catalogue) return 'it was written by another version of the program';
  if (about.database !== at.database) return 'it is of another database';
  if (BigInt(about.xid) > BigInt(at.xid)) return 'it is newer than the database, which seems to be an older copy';
  return displayFault(join(at.dir, about.display.file), about.display);
}

function snapshotPath(dir: string, workspaceId: string): string {
  return join(dir, `${workspaceId}.index`);
}

/** Leftovers of a run that was killed, and texts of an index that was built anew. */
function removeOthers(dir: string, workspaceId: string, keep: string | null): void {
  for (const name of readdirSync(dir)) {
    const isOurs = name.startsWith(`${workspaceId}.`) && (name.endsWith('.texts') || name.endsWith('.new'));
    if (isOurs && name !== keep) rmSync(join(dir, name), { force: true });
  }
}
