import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import type {
  DisclosureEvidence,
  exportDisclosureEvidence,
  listDisclosureEvidence,
  openEvidencePicture,
} from './api.ts';
import { disclosureError } from './errors.ts';
import { selectEvidence } from './queries.ts';
import { describePacks } from './rules/describe-packs.ts';

const exportMax = 10_000;

/** What was seen, newest first. Error: disclosure.bad_cursor. */
export async function listEvidence(
  infra: Infra,
  call: Call<typeof listDisclosureEvidence>,
): Promise<Page<DisclosureEvidence>> {
  const { limit, cursor, ...filter } = call.input;
  const after = cursor === undefined ? null : afterOf(cursor);
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) =>
    selectEvidence(tx, call.workspaceId, { filter, page: { limit: limit + 1, after } }),
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit),
    nextCursor: last === undefined ? null : encodeCursor([last.recordedAt, last.id]),
  };
}

function afterOf(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at !== 'string' || typeof id !== 'string' || Number.isNaN(Date.parse(at)))
    throw disclosureError('bad_cursor', 'The cursor is none of this list. Start again without it.', [
      { field: 'cursor', message: 'is not from this list' },
    ]);
  return { at, id };
}

/** One JSON file that speaks for itself: the sights, and the packs of the versions they were judged by. */
export async function exportEvidence(infra: Infra, call: Call<typeof exportDisclosureEvidence>): Promise<Download> {
  const page = { limit: exportMax, after: null };
  const sights = await infra.db.inWorkspace(call.workspaceId, (tx) =>
    selectEvidence(tx, call.workspaceId, { filter: call.input, page }),
  );
  const named = new Set(sights.map((sight) => sight.pack));
  const report = {
    what: 'Posts as they were seen, with what the rules of disclosure said of each at that time',
    exportedAt: infra.clock.now().toISOString(),
    exportedBy: call.actor.name,
    entries: sights.length,
    isComplete: sights.length < exportMax,
    packs: describePacks().filter((pack) => named.has(`${pack.id}@${pack.version}`)),
    sights,
  };
  return {
    fileName: 'disclosure-evidence.json',
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(report, null, 2),
  };
}

/** Error: not_found, for a sight without a picture too. */
export function openPicture(infra: Infra, call: Call<typeof openEvidencePicture>): Promise<Download> {
  const { workspaceId, input, request } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const filter = { id: input.evidenceId };
    const [sight] = await selectEvidence(tx, workspaceId, { filter, page: { limit: 1, after: null } });
    if (sight?.screenshotFileId == null) throw notFound('picture');
    const file = await infra.files.get(tx, workspaceId, sight.screenshotFileId);
    const preview = input.isPreview ? infra.files.preview(file) : null;
    return preview ?? infra.files.download(file, { request, isShown: true });
  });
}
