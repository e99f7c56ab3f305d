import { Readable } from 'node:stream';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { StoredFile } from '#infra/files/files.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { findDeliverables, getCampaign } from '#modules/campaigns/index.ts';
import { bulkMax, type downloadApproved } from './api.ts';
import { readEndedRights, sayEnd } from './ended-rights.ts';
import { submissionsError } from './errors.ts';
import { selectRoundFiles, selectRounds } from './queries/rounds.ts';
import { selectThreads } from './queries/submissions.ts';

const approvedStates = ['approved', 'scheduled', 'live', 'verified'];

interface Entry {
  path: string;
  content: string | StoredFile;
}

/**
 * The approved files and captions of a campaign as one archive, made while it is sent. What may not be used any more is left out, and a list
 * in the archive says so. Errors: not_found, nothing_approved.
 */
export async function zipApproved(infra: Infra, call: Call<typeof downloadApproved>): Promise<Download> {
  const { workspaceId, input } = call;
  const { name, entries } = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaign(tx, workspaceId, input.campaignId);
    const found = await selectThreads(tx, workspaceId, {
      campaignId: campaign.id,
      states: approvedStates,
      after: null,
      limit: 5000,
    });
    const chosen = input.ids === undefined ? null : new Set(input.ids);
    if (chosen !== null && [...chosen].some((id) => !found.some((one) => one.id === id)))
      throw notFound('approved draft');
    const threads = found.filter((one) => one.approved_round !== null && (chosen === null || chosen.has(one.id)));
    if (threads.length === 0)
      throw submissionsError('nothing_approved', 'Nothing is approved yet, so there is nothing to download.');
    if (threads.length > bulkMax)
      throw submissionsError(
        'nothing_approved',
        `${threads.length} drafts are approved; at most ${bulkMax} fit into one archive. Choose some.`,
      );
    const ids = threads.map((one) => one.id);
    const rounds = await selectRounds(tx, workspaceId, ids);
    const named = await selectRoundFiles(tx, workspaceId, ids);
    const fileIds = [...new Set(named.map((one) => one.file_id))];
    const files = new Map((await infra.files.list(tx, workspaceId, fileIds)).map((file) => [file.id, file]));
    const deliverableIds = threads.map((one) => one.deliverable_id);
    const deliverables = new Map(
      (await findDeliverables(tx, workspaceId, { ids: deliverableIds, clock: infra.clock })).map((one) => [
        one.id,
        one,
      ]),
    );
    const ended = await readEndedRights(infra, tx, { workspaceId, threads, deliverables });
    const leftOut: string[] = [];
    const entries = threads.flatMap((thread, index): Entry[] => {
      const deliverable = deliverables.get(thread.deliverable_id);
      const round = rounds.find((one) => one.submission_id === thread.id && one.number === thread.approved_round);
      if (deliverable === undefined || round === undefined) return [];
      const folder = `${String(index + 1).padStart(3, '0')} ${plain(deliverable.person.name)} - ${plain(deliverable.title)}`;
      const end = ended.get(thread.id);
      if (end !== undefined) {
        leftOut.push(`${folder}: ${sayEnd(end)}`);
        return [];
      }
      const caption = round.proposed_caption ?? round.caption;
      const pieces = named.flatMap((one) => {
        const file = files.get(one.file_id);
        return one.submission_id === thread.id && one.number === round.number && file !== undefined ? [file] : [];
      });
      return [
        ...(caption === '' ? [] : [{ path: `${folder}/caption.txt`, content: caption }]),
        ...pieces.map((file, at) => ({ path: `${folder}/${at + 1} ${plain(file.name)}`, content: file })),
      ];
    });
    if (leftOut.length > 0) entries.unshift({ path: 'left out.txt', content: `${leftOut.join('\n')}\n` });
    return { name: campaign.name, entries };
  });
  const day = infra.clock.now().toISOString().slice(0, 10);
  return {
    fileName: `${plain(name)} approved ${day}.zip`,
    contentType: 'application/zip',
    body: Readable.from(zipOf(infra, entries, call.request)),
  };
}

/** A name no system takes for a path or a command. */
function plain(text: string): string {
  const clean = text
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return clean.slice(0, 80) || 'untitled';
}

/** The bytes of the archive, piece by piece: no file is held in memory as a whole. Pictures and videos are packed as they are, since they do not shrink. */
async function* zipOf(infra: Infra, entries: readonly Entry[], request: Request): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let fault: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) fault = error;
    else ready.push(chunk);
  });
  function* drain() {
    if (fault !== null) throw fault;
    const chunks = ready;
    ready = [];
    yield* chunks;
  }
  for (const { path, content } of entries) {
    if (typeof content === 'string') {
      const text = new ZipDeflate(path);
      zip.add(text);
      text.push(new TextEncoder().encode(content), true);
      yield* drain();
      continue;
    }
    const file = new ZipPassThrough(path);
    zip.add(file);
    const { body } = infra.files.download(content, { request: new Request(request.url), isShown: false });
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      file.push(chunk);
      yield* drain();
    }
    file.push(new Uint8Array(0), true);
    yield* drain();
  }
  zip.end();
  yield* drain();
}
