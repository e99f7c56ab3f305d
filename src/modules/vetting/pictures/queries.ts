import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { bandsOf, type PictureMeasure } from './measure-picture.ts';

export interface CheckRow extends PictureMeasure {
  mediaId: string;
  checkedAt: Date;
}

const columns = sql`media_id as "mediaId", width, height, sharpness, brightness, print, checked_at as "checkedAt"`;

export async function selectChecks(tx: Tx, workspaceId: string, mediaIds: readonly string[]): Promise<CheckRow[]> {
  const { rows } = await sql<CheckRow>`
    select ${columns} from picture_check
    where workspace_id = ${workspaceId} and media_id = any(${mediaIds}::text[]) order by media_id`.execute(tx);
  return rows;
}

/** Keeps a measurement; a second one of the same picture changes nothing. */
export async function insertCheck(
  tx: Tx,
  workspaceId: string,
  check: { mediaId: string; measure: PictureMeasure; at: Date },
): Promise<void> {
  const { width, height, sharpness, brightness, print } = check.measure;
  await tx
    .insertInto('picture_check')
    .values({
      workspace_id: workspaceId,
      media_id: check.mediaId,
      width,
      height,
      sharpness,
      brightness,
      print,
      bands: bandsOf(print),
      checked_at: check.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Pictures that share a quarter of their print with one of these; how many bits differ is for the caller to count. */
export async function selectSimilar(
  tx: Tx,
  workspaceId: string,
  of: { bands: readonly number[]; limit: number },
): Promise<{ mediaId: string; print: bigint }[]> {
  const { rows } = await sql<{ mediaId: string; print: bigint }>`
    select media_id as "mediaId", print from picture_check
    where workspace_id = ${workspaceId} and bands && ${of.bands}::int[] order by media_id limit ${of.limit}`.execute(
    tx,
  );
  return rows;
}
