import type { Tx } from '#infra/db/database.ts';
import type { StoredFile } from '#infra/files/files.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { Deliverable } from '#modules/campaigns/api.ts';
import { findEnrolled, getCampaign, listContent, urlKey } from '#modules/campaigns/index.ts';
import type { Post } from '#modules/creators/api.ts';
import { getPerson, listPostsOf, readPersonCards } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { addAssetByUrl, ContentAsset, uploadAsset } from './api.ts';
import { figureColumns } from './capture-posts.ts';
import { contentError } from './errors.ts';
import { assetCaptured } from './events.ts';
import { presentAssets } from './present-assets.ts';
import { type AssetRow, insertAssets, letGoOfPost, type NewAsset, selectAsset, selectSame } from './queries/assets.ts';
import { nameColours } from './rules/name-colours.ts';
import { platformOfKey } from './rules/platform-of-key.ts';
import { syncEnrolmentRights } from './sync-rights.ts';
import { takePosts } from './take-posts.ts';

const fileBytesMax = 500 * 1024 * 1024;
const postsLooked = 500;
const colourSidePx = 64;

/** Adds a post by its address, with what came in of it; a repeat answers the piece that is there. Errors: not_found, bad_address. */
export async function addByUrl(
  infra: Infra,
  call: Call<typeof addAssetByUrl>,
): Promise<OutputOf<typeof addAssetByUrl>> {
  const { workspaceId, input } = call;
  const key = urlKey(input.url);
  if (key === null)
    throw contentError('bad_address', `"${input.url.slice(0, 80)}" is no web address. Copy it from the post.`, [
      { field: 'url', message: 'is no web address' },
    ]);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const owner = await readOwner(tx, workspaceId, input);
    const post = owner.personId === null ? null : await findPost(tx, workspaceId, { personId: owner.personId, key });
    const same = await selectSame(tx, workspaceId, { postId: post?.id ?? null, urlKey: key });
    if (same !== undefined && same.removed_at === null) return { ...(await presentOne(infra, tx, same)), isNew: false };
    const deliverable = await findExpected(infra, tx, { workspaceId, campaignId: input.campaignId, key });
    if (same !== undefined) await letGoOfPost(tx, workspaceId, same.id);
    const row = await insertOne(infra, tx, {
      call,
      asset: {
        ...owner.columns,
        ...(deliverable === null
          ? {}
          : {
              deliverable_id: deliverable.id,
              enrolment_id: deliverable.enrolmentId,
              person_id: deliverable.person.id,
            }),
        platform: post?.platform ?? deliverable?.platform ?? platformOfKey(key),
        format: input.format ?? post?.format ?? deliverable?.format ?? null,
        post_id: post?.id ?? null,
        url: input.url,
        url_key: key,
        title: input.title,
        note: input.note,
        caption: input.caption ?? post?.caption ?? null,
        posted_at: dateOf(input.postedAt ?? post?.postedAt),
        products: input.products,
        tags: input.tags,
        captured_how: 'url',
        ...(post === null ? {} : figureColumns(post)),
      },
    });
    await takePosts(infra, tx, { workspaceId, call, assets: [row] });
    const taken = await selectAsset(tx, workspaceId, row.id);
    return { ...(await presentOne(infra, tx, taken ?? row)), isNew: true };
  });
}

/** Keeps a file and puts it into the library; what is refused leaves nothing. Errors: not_found, files.not_accepted. */
export async function addFile(infra: Infra, call: Call<typeof uploadAsset>): Promise<ContentAsset> {
  const { workspaceId, input } = call;
  // Before the bytes are read, so that a wrong id costs nothing.
  const owner = await infra.db.inWorkspace(workspaceId, (tx) => readOwner(tx, workspaceId, input));
  const file = await infra.files.keep(workspaceId, {
    content: call.request.body,
    name: sentName(call.request),
    accept: input.how === 'screenshot' ? ['image'] : ['image', 'video', 'audio', 'pdf'],
    bytesMax: fileBytesMax,
    by: call.actor.name,
  });
  try {
    const colours = await coloursOf(infra, file);
    return await infra.db.inWorkspace(workspaceId, async (tx) => {
      const row = await insertOne(infra, tx, {
        call,
        asset: {
          ...owner.columns,
          platform: input.platform ?? null,
          format: input.how === 'screenshot' ? 'story' : file.kind,
          file_id: file.id,
          title: input.title === '' ? file.name.slice(0, 200) : input.title,
          note: input.note,
          posted_at: dateOf(input.postedAt),
          colours,
          captured_how: input.how,
        },
      });
      return presentOne(infra, tx, row);
    });
  } catch (error) {
    await infra.db.inWorkspace(workspaceId, (tx) => infra.files.remove(tx, workspaceId, file.id));
    throw error;
  }
}

async function presentOne(infra: Infra, tx: Tx, row: AssetRow): Promise<ContentAsset> {
  const [asset] = await presentAssets(infra, tx, { workspaceId: row.workspace_id, rows: [row] });
  if (asset === undefined) throw new Error('A piece of content vanished while it was read');
  return asset;
}

async function insertOne(
  infra: Infra,
  tx: Tx,
  of: {
    call: Pick<Call, 'workspaceId' | 'actor' | 'requestId'>;
    asset: Omit<NewAsset, 'workspace_id' | 'id' | 'captured_at' | 'captured_by'>;
  },
): Promise<AssetRow> {
  const { workspaceId, actor } = of.call;
  const at = infra.clock.now();
  const id = newId('asset', at.getTime());
  await insertAssets(tx, [
    { workspace_id: workspaceId, id, captured_at: at, captured_by: actor.name.slice(0, 200), ...of.asset },
  ]);
  const row = await selectAsset(tx, workspaceId, id);
  // Two at once with one address: the other one stands.
  if (row === undefined) {
    const other = await selectSame(tx, workspaceId, {
      postId: of.asset.post_id ?? null,
      urlKey: of.asset.url_key ?? null,
    });
    if (other === undefined) throw new Error('A piece of content was neither added nor there');
    return other;
  }
  if (row.enrolment_id !== null) await syncEnrolmentRights(infra, tx, { workspaceId, enrolmentId: row.enrolment_id });
  await recordAudit(tx, {
    ...of.call,
    action: 'content_asset.added',
    subjectKind: 'content_asset',
    subjectId: id,
    changes: { how: row.captured_how, url: row.url, title: row.title },
  });
  await infra.outbox.emit(tx, {
    workspaceId,
    name: assetCaptured,
    payload: {
      assetId: id,
      how: row.captured_how,
      actorName: actor.name,
      ...(row.person_id === null ? {} : { personId: row.person_id }),
      ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    },
  });
  return row;
}

async function readOwner(
  tx: Tx,
  workspaceId: string,
  given: { personId?: string | undefined; campaignId?: string | undefined },
) {
  const person = given.personId === undefined ? null : await getPerson(tx, workspaceId, given.personId);
  const campaign = given.campaignId === undefined ? null : await getCampaign(tx, workspaceId, given.campaignId);
  const enrolled = campaign === null ? [] : await findEnrolled(tx, workspaceId, { campaignId: campaign.id });
  const enrolment = person === null ? undefined : enrolled.find((one) => one.personId === person.id);
  return {
    personId: person?.id ?? null,
    columns: {
      person_id: person?.id ?? null,
      campaign_id: campaign?.id ?? null,
      enrolment_id: enrolment?.enrolmentId ?? null,
    },
  };
}

async function findPost(tx: Tx, workspaceId: string, of: { personId: string; key: string }): Promise<Post | null> {
  const card = (await readPersonCards(tx, workspaceId, [of.personId])).get(of.personId);
  if (card === undefined) throw notFound('creator');
  const profileIds = card.profiles.map((profile) => profile.profileId);
  const posts = [...(await listPostsOf(tx, workspaceId, { profileIds, limitEach: postsLooked })).values()].flat();
  return posts.find((post) => post.url !== null && urlKey(post.url) === of.key) ?? null;
}

/** The deliverable of the campaign that is said to be live at that address. */
async function findExpected(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; campaignId: string | undefined; key: string },
): Promise<Deliverable | null> {
  if (of.campaignId === undefined) return null;
  const content = await listContent(tx, of.workspaceId, { campaignId: of.campaignId, clock: infra.clock });
  return content.find((one) => one.liveUrl !== null && urlKey(one.liveUrl) === of.key) ?? null;
}

async function coloursOf(infra: Infra, file: StoredFile): Promise<string[]> {
  if (file.kind !== 'image') return [];
  const { default: sharp } = await import('sharp');
  const { data } = await sharp(await infra.files.read(file), { pages: 1 })
    .resize(colourSidePx, colourSidePx, { fit: 'fill' })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return nameColours(data);
}

function dateOf(instant: string | null | undefined): Date | null {
  return instant === undefined || instant === null ? null : new Date(instant);
}

function sentName(request: Request): string {
  const sent = request.headers.get('rapport-file-name');
  if (sent === null) return 'file';
  try {
    return decodeURIComponent(sent);
  } catch {
    return sent;
  }
}
