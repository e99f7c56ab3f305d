import sharp from 'sharp';
import type { StoredFile } from '#infra/files/files.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { createPdfSetter } from '#infra/pdf/set-pdf.ts';
import { notFound } from '#kernel/errors.ts';
import { dayIn } from '#kernel/time.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { getBriefPdf as pdfEndpoint, ShownBrief } from '../api.ts';
import { readBriefVersion } from '../read-brief.ts';
import { getCampaignRow } from '../read-campaigns.ts';
import { briefPage } from '../rules/brief-page.ts';
import { selectReader } from './queries.ts';
import { readTexts } from './read-texts.ts';

const set = createPdfSetter(new URL('./brief.typ', import.meta.url));

export const briefPdfBytesMax = 10_000_000;
// Half a page wide in print; 24 pictures of this size stay far below the 10 MB.
const pictureEdge = 1000;
const pictureQuality = 78;
/** A file that has gone or is broken leaves its caption; a brief must not become unreadable by it. */
const pictureTries = [
  { edge: pictureEdge, quality: pictureQuality },
  { edge: 600, quality: 60 },
] as const;

export interface BriefPdfParts {
  campaign: string;
  brand: string;
  creator: string | null;
  version: number;
  savedAt: Date;
  shown: ShownBrief;
  images: readonly StoredFile[];
}

/** The newest brief or the version asked for, as all or one creator reads it. Error: not_found. */
export async function getBriefPdf(infra: Infra, call: Call<typeof pdfEndpoint>): Promise<Download> {
  const { workspaceId, input } = call;
  const parts = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    const version = input.version ?? campaign.brief_version;
    if (version === 0) throw notFound('brief');
    const saved = await readBriefVersion(tx, workspaceId, { campaignId: campaign.id, version });
    const { enrolmentId } = input;
    const reader = enrolmentId === undefined ? undefined : await selectReader(tx, workspaceId, { enrolmentId });
    if (enrolmentId !== undefined && reader?.campaign_id !== campaign.id) throw notFound('enrolment');
    const ids = reader === undefined ? [] : [reader.id];
    const { shown } = (await readTexts(tx, workspaceId, { brief: saved.brief, enrolmentIds: ids }))(reader?.id ?? '');
    const cards = await readPersonCards(tx, workspaceId, reader === undefined ? [] : [reader.person_id]);
    return {
      campaign: campaign.name,
      brand: (await getWorkspace(tx, workspaceId)).name,
      creator: reader === undefined ? null : (cards.get(reader.person_id)?.name ?? 'one creator'),
      version,
      savedAt: new Date(saved.savedAt ?? infra.clock.now()),
      shown,
      images: await infra.files.list(
        tx,
        workspaceId,
        shown.brief.moodBoard.flatMap((item) => item.fileId ?? []),
      ),
    };
  });
  return pdfOfBrief(infra, parts);
}

/** Sets the PDF; pictures are made small enough that the whole stays under 10 MB. */
export async function pdfOfBrief(infra: Infra, of: BriefPdfParts): Promise<Download> {
  for (const size of pictureTries) {
    const { pictures, names } = await readPictures(infra, of.images, size);
    const page = briefPage({
      campaign: of.campaign,
      brand: of.brand,
      creator: of.creator,
      version: of.version,
      savedOn: dayIn('UTC', of.savedAt),
      shown: of.shown,
      pictures: names,
    });
    const pdf = set(page, pictures);
    if (pdf.byteLength <= briefPdfBytesMax || size === pictureTries.at(-1))
      return { fileName: fileNameOf(of), contentType: 'application/pdf', body: new Uint8Array(pdf) };
  }
  throw new Error('A brief without a size to set it in');
}

async function readPictures(
  infra: Infra,
  files: readonly StoredFile[],
  size: { edge: number; quality: number },
): Promise<{ pictures: Map<string, Buffer>; names: Map<string, string> }> {
  const pictures = new Map<string, Buffer>();
  const names = new Map<string, string>();
  for (const file of files) {
    const small = await infra.files
      .read(file)
      .then((content) =>
        sharp(content)
          .autoOrient()
          .resize({ width: size.edge, height: size.edge, fit: 'inside', withoutEnlargement: true })
          .flatten({ background: 'white' })
          .jpeg({ quality: size.quality })
          .toBuffer(),
      )
      .catch((error) => {
        infra.log.warn({ err: error, fileId: file.id }, 'a picture of a mood board could not be read');
        return null;
      });
    if (small === null) continue;
    const name = `${file.contentHash}-${size.edge}.jpg`;
    pictures.set(name, small);
    names.set(file.id, name);
  }
  return { pictures, names };
}

function fileNameOf(of: { campaign: string; version: number }): string {
  const name = of.campaign
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return `${name === '' ? 'campaign' : name}-brief-v${of.version}.pdf`;
}
