import { z } from 'zod';
import type { PostRow } from '#modules/creators/api.ts';
import { type ConnectorStep, emptyStep } from '#modules/creators/index.ts';
import { instantOf, readJson } from '../call-api.ts';
import { type At, get, getAllowed, name, ownId } from './graph.ts';
import { conversationsSchema, insightsSchema, mediaPageSchema, taggedPageSchema, userSchema } from './payloads.ts';
import { postOfMedia } from './to-rows.ts';

const storyMs = 24 * 3_600_000;
const storiesMax = 30;
const pageRows = 50;
const fields = 'id,caption,media_type,media_product_type,permalink,timestamp,like_count,comments_count';

export const storyCursorSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('story'), handle: z.string(), media: z.array(z.string()) }),
  z.object({ stage: z.literal('tagged'), handle: z.string() }),
  z.object({ stage: z.literal('mentions'), handle: z.string() }),
]);
export type StoryCursor = z.infer<typeof storyCursorSchema>;

/** What goes within a day and what others posted about the account: its stories with their figures, pictures it is tagged in, stories that mention it. */
export async function readStories(at: At, cursor: StoryCursor | null): Promise<ConnectorStep> {
  if (cursor === null) return readOwnStories(at);
  switch (cursor.stage) {
    case 'story':
      return readStoryFigures(at, cursor);
    case 'tagged':
      return readTagged(at, cursor.handle);
    case 'mentions':
      return readStoryMentions(at, cursor.handle);
  }
}

async function readOwnStories(at: At): Promise<ConnectorStep> {
  const { username } = readJson(name, await get(at, ownId(at.access), { fields: 'id,username' }), userSchema);
  if (username === null)
    return { ...emptyStep, missing: [{ field: 'stories', reason: 'Instagram did not send the name of the account' }] };
  const found = await getAllowed(at, `${ownId(at.access)}/stories`, { fields, limit: String(storiesMax) });
  const tagged: StoryCursor = { stage: 'tagged', handle: username };
  if ('why' in found) return { ...emptyStep, missing: [{ field: 'stories', reason: found.why }], cursor: tagged };
  const { data } = readJson(name, found.answer, mediaPageSchema);
  const stories = data.slice(0, storiesMax);
  const media = stories.map((one) => one.id);
  const next: StoryCursor = media.length === 0 ? tagged : { stage: 'story', handle: username, media };
  return {
    ...emptyStep,
    posts: stories.map((one) => storyRow(postOfMedia(one, username))),
    cursor: next,
  };
}

/** Figures of one story a step; Instagram keeps them as long as the story stands, and gives none under five viewers. */
async function readStoryFigures(at: At, cursor: Extract<StoryCursor, { stage: 'story' }>): Promise<ConnectorStep> {
  const [id, ...rest] = cursor.media;
  const next: StoryCursor = rest.length === 0 ? { stage: 'tagged', handle: cursor.handle } : { ...cursor, media: rest };
  if (id === undefined) return { ...emptyStep, cursor: next };
  const found = await getAllowed(at, `${id}/insights`, { metric: 'reach,views,shares' });
  if ('why' in found)
    return { ...emptyStep, missing: [{ field: 'insights', reason: 'Some stories have none yet' }], cursor: next };
  const { data } = readJson(name, found.answer, insightsSchema);
  const of = (metric: string) => {
    const one = data.find((entry) => entry.name === metric);
    const value = one?.total_value?.value ?? one?.values?.[0]?.value ?? null;
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
  };
  const figures = { reach: of('reach'), views: of('views'), shares: of('shares') };
  const row: PostRow = { platform: 'instagram', handle: cursor.handle, externalId: id, format: 'story', ...figures };
  return { ...emptyStep, posts: Object.values(figures).some((value) => value !== null) ? [row] : [], cursor: next };
}

/** Posts in whose picture the account is tagged. Those of private accounts are not given. */
async function readTagged(at: At, handle: string): Promise<ConnectorStep> {
  const next: StoryCursor = { stage: 'mentions', handle };
  const found = await getAllowed(at, `${ownId(at.access)}/tags`, {
    fields: `${fields},username`,
    limit: String(pageRows),
  });
  if ('why' in found) return { ...emptyStep, missing: [{ field: 'photoTags', reason: found.why }], cursor: next };
  const { data } = readJson(name, found.answer, taggedPageSchema);
  const posts = data.flatMap((media): PostRow[] =>
    media.username === null ? [] : [{ ...postOfMedia(media, media.username), photoTags: [handle] }],
  );
  return { ...emptyStep, posts, cursor: next };
}

/**
 * Stories that mention the account, as they stand in its inbox: who, when and until when. The picture is not kept: Instagram shows it for a day
 * and only to those it was sent to. Needs the id of the linked page and the permission instagram_manage_messages.
 */
async function readStoryMentions(at: At, handle: string): Promise<ConnectorStep> {
  const pageId = at.access.settings.pageId?.trim() ?? '';
  if (!/^\d{5,25}$/.test(pageId)) {
    const reason = 'Stories that mention the account come by its inbox: enter the id of the linked page';
    return { ...emptyStep, missing: [{ field: 'storyMentions', reason }] };
  }
  const found = await getAllowed(at, `${pageId}/conversations`, {
    platform: 'instagram',
    fields: 'messages.limit(20){id,created_time,from,story}',
    limit: '25',
  });
  if ('why' in found) return { ...emptyStep, missing: [{ field: 'storyMentions', reason: found.why }] };
  const { data } = readJson(name, found.answer, conversationsSchema);
  const posts = data.flatMap(({ messages }) =>
    (messages?.data ?? []).flatMap((message): PostRow[] => {
      const storyId = message.story?.mention?.id ?? null;
      const author = message.from?.username ?? null;
      if (storyId === null || author === null || author === handle) return [];
      const postedAt = instantOf(message.created_time);
      return [
        storyRow({
          platform: 'instagram',
          handle: author,
          externalId: storyId,
          postedAt,
          format: 'story',
          mentions: [handle],
        }),
      ];
    }),
  );
  return { ...emptyStep, posts };
}

function storyRow(post: PostRow): PostRow {
  const postedAt = post.postedAt ?? null;
  const expiresAt = postedAt === null ? null : new Date(Date.parse(postedAt) + storyMs).toISOString();
  return { ...post, format: 'story', expiresAt };
}
