import type { Platform } from '#kernel/platform.ts';
import type { CommentRow, PostRow } from '../api.ts';
import type { RowProblem } from './creator-state.ts';
import type { Target } from './header-synonyms.ts';
import { parseHandle } from './parse-handle.ts';
import { type Cell, type ColumnPlan, readCell } from './read-cell.ts';

type Values = Partial<Record<Target, string | number | boolean | string[]>>;
type Mapped<Row> = { ok: true; row: Row } | { ok: false; problems: RowProblem[] };

const figures = [
  'likes',
  'comments',
  'views',
  'shares',
  'saves',
  'reach',
  'impressions',
  'durationS',
  'latitude',
  'longitude',
] as const;

/** Reads a row of a posts file. Tags and mentions that have no column are read from the caption. */
export function mapPostRow(
  plans: readonly ColumnPlan[],
  cells: readonly Cell[],
  by: { row: number; platform: Platform },
): Mapped<PostRow> {
  const { values, problems } = readValues(plans, cells, by.row);
  const url = asText(values.url);
  const account = readAccount(values, by);
  if ('message' in account) problems.push(account);
  const externalId = asText(values.externalId) ?? idInUrl(url);
  if (externalId === null)
    problems.push({ row: by.row, field: 'post id', message: 'The row names no id and no address of the post' });
  if (problems.length > 0 || 'message' in account || externalId === null) return { ok: false, problems };
  const caption = asText(values.caption);
  const row: PostRow = {
    platform: account.platform,
    handle: account.handle,
    externalId,
    url,
    postedAt: asText(values.postedAt),
    format: readFormat(values),
    caption,
    hashtags: readTags(values.hashtags, caption, hashtagPattern),
    mentions: readTags(values.mentions, caption, mentionPattern),
    location: asText(values.location),
    isPaidLabel: typeof values.isPaidLabel === 'boolean' ? values.isPaidLabel : null,
  };
  for (const name of figures) if (typeof values[name] === 'number') row[name] = values[name];
  return { ok: true, row };
}

/** Reads a row of a comments file. */
export function mapCommentRow(
  plans: readonly ColumnPlan[],
  cells: readonly Cell[],
  by: { row: number; platform: Platform },
): Mapped<CommentRow> {
  const { values, problems } = readValues(plans, cells, by.row);
  const text = asText(values.text);
  const postExternalId = asText(values.postExternalId) ?? idInUrl(asText(values.postUrl));
  if (text === null) problems.push({ row: by.row, field: 'text', message: 'The comment has no text' });
  if (postExternalId === null)
    problems.push({
      row: by.row,
      field: 'post id',
      message: 'The row does not say under which post the comment stands',
    });
  if (problems.length > 0 || text === null || postExternalId === null) return { ok: false, problems };
  const authorHandle = asText(values.authorHandle);
  const commentedAt = asText(values.commentedAt);
  // Without an id of its own a comment is known by who said what when, so that the same file twice adds nothing.
  const externalId = asText(values.externalId) ?? `own:${[authorHandle, commentedAt, text].join('|').slice(0, 280)}`;
  const likes = typeof values.likes === 'number' ? values.likes : null;
  return {
    ok: true,
    row: {
      platform: (asText(values.platform) as Platform | null) ?? by.platform,
      postExternalId,
      externalId,
      authorHandle,
      text,
      likes,
      commentedAt,
    },
  };
}

function readValues(
  plans: readonly ColumnPlan[],
  cells: readonly Cell[],
  row: number,
): { values: Values; problems: RowProblem[] } {
  const values: Values = {};
  const problems: RowProblem[] = [];
  for (let at = 0; at < plans.length; at += 1) {
    const plan = plans[at];
    if (plan === undefined || plan.target === null) continue;
    const result = readCell(plan, cells[at] ?? null);
    if (!result.ok) problems.push({ row, field: plan.column, message: result.message });
    else if (result.value !== null) values[plan.target] = result.value;
  }
  return { values, problems };
}

function readAccount(
  values: Values,
  by: { row: number; platform: Platform },
): { platform: Platform; handle: string } | RowProblem {
  const platform = (asText(values.platform) as Platform | null) ?? platformOf(asText(values.url)) ?? by.platform;
  const name = asText(values.handle) ?? asText(values.profileUrl) ?? handleInUrl(asText(values.url));
  if (name === null) return { row: by.row, field: 'handle', message: 'The row does not say whose post it is' };
  const parsed = parseHandle(name, platform);
  return parsed.ok ? parsed.value : { row: by.row, field: 'handle', message: parsed.message };
}

function platformOf(url: string | null): Platform | null {
  if (url === null) return null;
  const host = URL.parse(url)?.hostname ?? '';
  const match = /(?:^|\.)(instagram|tiktok|youtube|pinterest)\.[a-z.]+$/.exec(host);
  return match === null ? null : (match[1] as Platform);
}

/** The id in the address of a post: instagram.com/p/ID, tiktok.com/@name/video/ID, youtube.com/watch?v=ID, else the address itself. */
function idInUrl(url: string | null): string | null {
  if (url === null) return null;
  const address = URL.parse(url);
  if (address === null) return null;
  const inPath = /\/(?:p|reel|reels|tv|video|photo|shorts|pin)\/([\w-]+)/.exec(address.pathname)?.[1];
  return inPath ?? address.searchParams.get('v') ?? `${address.hostname}${address.pathname}`.slice(0, 300);
}

function handleInUrl(url: string | null): string | null {
  return url === null ? null : (/tiktok\.com\/(@[\w.]+)\//.exec(url)?.[1] ?? null);
}

const hashtagPattern = /#([\p{L}\p{N}_]+)/gu;
const mentionPattern = /(?<![\p{L}\p{N}_.])@([a-z0-9_](?:[a-z0-9_.]*[a-z0-9_])?)/giu;
const tagsMax = 200;

/** Tags in lower case without their sign, each once. */
function readTags(given: Values[Target], caption: string | null, pattern: RegExp): string[] {
  const found = Array.isArray(given) ? given : [...(caption ?? '').matchAll(pattern)].map((match) => match[1] ?? '');
  return [
    ...new Set(
      found.map((tag) => tag.replace(/^[#@]+/, '').toLowerCase()).filter((tag) => tag !== '' && tag.length <= 300),
    ),
  ].slice(0, tagsMax);
}

function readFormat(values: Values): string | null {
  const given =
    asText(values.format)
      ?.toLowerCase()
      .replace(/^graph/, '') ?? null;
  if (given !== null)
    return /carousel|album|sidecar/.test(given)
      ? 'carousel'
      : /reel|clips/.test(given)
        ? 'reel'
        : /stor(y|ies)/.test(given)
          ? 'story'
          : /short/.test(given)
            ? 'short'
            : /video|igtv/.test(given)
              ? 'video'
              : /image|photo|picture|feed|bild/.test(given)
                ? 'image'
                : given.slice(0, 60);
  if (values.isVideo === true) return 'video';
  if (values.isCarousel === true) return 'carousel';
  return values.isVideo === false ? 'image' : null;
}

function asText(value: Values[Target]): string | null {
  if (value === undefined) return null;
  return Array.isArray(value) ? value.join(' ') : String(value);
}
