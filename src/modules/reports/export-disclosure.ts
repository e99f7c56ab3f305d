import sharp from 'sharp';
import type { StoredFile } from '#infra/files/files.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { createPdfSetter } from '#infra/pdf/set-pdf.ts';
import { notFound } from '#kernel/errors.ts';
import { getPerson, readPersonCards } from '#modules/creators/index.ts';
import { describePacks, listEvidence } from '#modules/disclosure/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { evidencePdfMax, type exportDisclosurePdf } from './api.ts';
import { selectCampaign } from './queries/campaigns.ts';
import { selectCampaignNames, selectIdsOfPerson } from './queries/disclosure.ts';
import { type EvidencePicture, evidencePage } from './rules/evidence-page.ts';

const set = createPdfSetter(new URL('./pdf/disclosure-evidence.typ', import.meta.url));
const pictureEdgePx = 900;
const pictureQuality = 78;

/** The archive of labels as a PDF of a post, draft, creator, campaign or of all. Error: not_found for a creator or campaign that is not there. */
export async function exportDisclosure(infra: Infra, call: Call<typeof exportDisclosurePdf>): Promise<Download> {
  const { workspaceId, input } = call;
  const { personId, ...filter } = input;
  const parts = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const person = personId === undefined ? null : await getPerson(tx, workspaceId, personId);
    const personIds = person === null ? undefined : await selectIdsOfPerson(tx, workspaceId, person.id);
    const found = await listEvidence(tx, workspaceId, {
      filter: { ...filter, personIds },
      page: { limit: evidencePdfMax + 1, after: null },
    });
    const sights = found.slice(0, evidencePdfMax);
    const ids = sights.flatMap((sight) => sight.personId ?? []);
    const cards = await readPersonCards(tx, workspaceId, person === null ? ids : [...ids, person.id]);
    const files = sights.flatMap((sight) => sight.screenshotFileId ?? []);
    const campaignIds = sights.flatMap((sight) => sight.campaignId ?? []);
    const asked = input.campaignId === undefined ? null : await selectCampaign(tx, workspaceId, input.campaignId);
    if (asked === undefined) throw notFound('campaign');
    const workspace = (await getWorkspace(tx, workspaceId)).name;
    const name = person === null ? null : (cards.get(person.id)?.name ?? null);
    return {
      workspace,
      about: [name, asked?.name ?? null].filter((part) => part !== null).join(', ') || workspace,
      sights,
      isComplete: found.length <= evidencePdfMax,
      personNames: new Map([...cards].map(([id, card]) => [id, card.name])),
      campaignNames: await selectCampaignNames(tx, workspaceId, campaignIds),
      files: await infra.files.list(tx, workspaceId, files),
    };
  });
  const { names, pictures } = await drawable(infra, parts.files);
  const named = new Set(parts.sights.map((sight) => sight.pack));
  const page = evidencePage({
    ...parts,
    pictures: names,
    packs: describePacks().filter((pack) => named.has(`${pack.id}@${pack.version}`)),
    madeAt: infra.clock.now().toISOString(),
    madeBy: call.actor.name,
  });
  return {
    fileName: 'disclosure-evidence.pdf',
    contentType: 'application/pdf',
    body: new Uint8Array(set(page, pictures)),
  };
}

/** Pictures small enough for paper, by names that tell their content. One that is gone from disk keeps its digest. */
async function drawable(infra: Infra, files: readonly StoredFile[]) {
  const names = new Map<string, EvidencePicture>();
  const pictures = new Map<string, Buffer>();
  for (const file of files) {
    const hash = file.contentHash;
    const name = `evidence-${hash}.jpg`;
    const drawn = await shrink(infra, file);
    if (drawn !== null) pictures.set(name, drawn);
    names.set(file.id, { hash, name: drawn === null ? '' : name });
  }
  return { names, pictures };
}

async function shrink(infra: Infra, file: StoredFile): Promise<Buffer | null> {
  try {
    const size = { width: pictureEdgePx, height: pictureEdgePx * 2, fit: 'inside' as const, withoutEnlargement: true };
    const content = sharp(await infra.files.read(file))
      .rotate()
      .resize(size)
      .flatten({ background: '#ffffff' });
    return await content.jpeg({ quality: pictureQuality }).toBuffer();
  } catch (error) {
    infra.log.warn({ err: error, file: file.id }, 'a picture of the evidence could not be drawn');
    return null;
  }
}
