import type { Platform } from '#kernel/platform.ts';
import {
  commentHeadings,
  creatorHeadings,
  type FileKind,
  normaliseHeading,
  platformWordsByName,
  postHeadings,
  type Target,
} from './header-synonyms.ts';
import { parseHandle } from './parse-handle.ts';
import { proposeStatement } from './propose-statement.ts';
import { isStatementTarget } from './statement-target.ts';

/** What one column of the file is read as; null is not read at all. */
export interface ColumnProposal {
  column: string;
  target: Target | null;
  /** Set when the column speaks of one platform only, such as "Instagram handle". */
  platform: Platform | null;
  /** 1 when the heading says so itself, less when it was read from a part of it or from the cells. */
  confidence: number;
  reason: string;
}

export interface MappingProposal {
  kind: FileKind;
  columns: ColumnProposal[];
}

export const listTargets: ReadonlySet<Target> = new Set<Target>([
  'emails',
  'phones',
  'languages',
  'niches',
  'tags',
  'interests',
  'hashtags',
  'mentions',
  'custom',
]);
const perPlatform: ReadonlySet<Target> = new Set<Target>([
  'handle',
  'url',
  'externalId',
  'displayName',
  'bio',
  'followers',
  'following',
  'postCount',
  'avgLikes',
  'avgComments',
  'avgViews',
  'avgShares',
  'avgSaves',
  'engagementRate',
  'lastPostAt',
  'isVerified',
  'isPrivate',
  'category',
  'accountType',
  'isOfficialArtist',
]);

const dictionaries = {
  creators: toDictionary(creatorHeadings),
  posts: toDictionary(postHeadings),
  comments: toDictionary(commentHeadings),
} satisfies Record<FileKind, Map<string, Target>>;

function toDictionary(headings: Partial<Record<Target, string>>): Map<string, Target> {
  const words = new Map<string, Target>();
  for (const [target, list] of Object.entries(headings)) {
    for (const word of (list ?? '').split('|')) if (!words.has(word)) words.set(word, target as Target);
  }
  return words;
}

/** Proposes what each column is, by its heading and, where that says nothing, by its cells; tells creators, posts and comments apart. */
export function proposeMapping(
  columns: readonly string[],
  samples: readonly (readonly string[])[],
  wanted?: FileKind,
): MappingProposal {
  const kind = wanted ?? tellKind(columns);
  const cellsOf = (at: number) => samples.map((row) => row[at] ?? '').filter((cell) => cell !== '');
  const proposals = columns.map((column, at) => proposeColumn(kind, column, cellsOf(at)));
  return { kind, columns: withoutClashes(kind, proposals) };
}

/** Which kind of file the headings speak of: figures of an account, of a post, or words under one. */
export function tellKind(columns: readonly string[]): FileKind {
  const found = (kind: FileKind) =>
    new Set(columns.map((column) => proposeColumn(kind, column, []).target).filter((target) => target !== null));
  const creators = found('creators');
  const posts = found('posts');
  const comments = found('comments');
  const has = (set: Set<Target>, ...targets: Target[]) => targets.some((target) => set.has(target));
  if (has(creators, 'followers', 'following', 'emails', 'bio', 'niches', 'engagementRate', 'avgLikes'))
    return 'creators';
  const namesPost = has(posts, 'externalId', 'url');
  const exact = new Set(columns.map(normaliseHeading));
  const isComment =
    exact.has('comment') ||
    exact.has('comment text') ||
    exact.has('comment id') ||
    exact.has('text display') ||
    exact.has('top level comment snippet text display');
  if (isComment && has(comments, 'text') && has(comments, 'postExternalId', 'postUrl')) return 'comments';
  if (namesPost && has(posts, 'caption', 'likes', 'views', 'postedAt', 'hashtags')) return 'posts';
  if (has(comments, 'text') && has(comments, 'authorHandle') && has(comments, 'postExternalId', 'postUrl'))
    return 'comments';
  return 'creators';
}

function proposeColumn(kind: FileKind, column: string, cells: readonly string[]): ColumnProposal {
  const stated = kind === 'creators' ? proposeStatement(column, cells) : null;
  if (stated !== null) return { column, ...stated };
  const byHeading = fromHeading(kind, column);
  // An age group such as "25-34" is no age.
  const isGroup = byHeading?.target === 'age' && cells.some((cell) => !/^\s*\d{2,3}\s*$/.test(cell));
  if (byHeading !== null && !isGroup) return { column, ...byHeading };
  const byCells = kind === 'creators' ? fromCells(cells) : null;
  if (byCells !== null) return { column, ...byCells };
  if (kind !== 'creators' || /[.[\]]/.test(column))
    return { column, target: null, platform: null, confidence: 0, reason: 'not known' };
  return { column, target: 'custom', platform: null, confidence: 0.2, reason: 'kept as an extra field' };
}

type Found = Omit<ColumnProposal, 'column'>;

function fromHeading(kind: FileKind, column: string): Found | null {
  const dictionary = dictionaries[kind];
  const whole = normaliseHeading(column);
  const exact = dictionary.get(whole);
  if (exact !== undefined) return { target: exact, platform: null, confidence: 1, reason: `the heading "${column}"` };
  const stripped = kind === 'creators' ? withoutPlatform(whole) : null;
  if (stripped !== null) {
    const target = stripped.rest === '' ? 'handle' : lookUp(dictionary, stripped.rest)?.target;
    if (target !== undefined && perPlatform.has(target))
      return {
        target,
        platform: stripped.platform,
        confidence: 0.9,
        reason: `the heading "${column}" names the platform`,
      };
  }
  const part = lookUp(dictionary, whole);
  return part === null
    ? null
    : {
        target: part.target,
        platform: null,
        confidence: part.confidence,
        reason: `"${part.words}" in the heading "${column}"`,
      };
}

/** The longest end of the heading that is known: "profile follower count" ends in "follower count". */
function lookUp(
  dictionary: Map<string, Target>,
  heading: string,
): { target: Target; confidence: number; words: string } | null {
  const words = heading.split(' ');
  for (let from = 0; from < words.length && from < 4; from += 1) {
    const tail = words.slice(from).join(' ');
    const target = dictionary.get(tail);
    // A single vague word at the end of a longer heading ("sample id", "campaign name") proves nothing.
    if (target !== undefined && (from === 0 || !vague.has(tail)))
      return { target, confidence: from === 0 ? 1 : 0.7, words: tail };
  }
  return null;
}

const vague = new Set([
  'id',
  'name',
  'type',
  'url',
  'link',
  'title',
  'status',
  'list',
  'group',
  'date',
  'time',
  'text',
  'content',
  'user',
  'account',
  'post',
  'media',
  'code',
  'label',
  'tag',
  'person',
  'contact',
  'creator',
  'profile',
  'web',
  'site',
  'engagement',
  'eng',
  'er',
  'market',
  'segment',
  'stage',
  'owner',
  'author',
  'mail',
  'tel',
  'land',
  'ort',
  'stand',
  'nation',
  'description',
  'message',
  'comments',
  'likes',
  'views',
  'posts',
  'videos',
  'followed',
  'place',
  'geo',
  'address',
  'typ',
  'video',
  'paid',
  'time',
]);

function withoutPlatform(heading: string): { platform: Platform; rest: string } | null {
  const words = heading.split(' ');
  for (const [pattern, platform] of platformWordsByName) {
    for (let at = 0; at < words.length; at += 1) {
      for (const length of [2, 1]) {
        if (pattern.test(words.slice(at, at + length).join(' '))) {
          return {
            platform,
            rest: [...words.slice(0, at), ...words.slice(at + length)]
              .filter((word) => word !== 'accounts' && word !== 'account')
              .join(' '),
          };
        }
      }
    }
  }
  return null;
}

const mostly = (cells: readonly string[], test: (cell: string) => boolean) =>
  cells.length >= 3 && cells.filter(test).length >= cells.length * 0.8;

function fromCells(cells: readonly string[]): Found | null {
  if (mostly(cells, (cell) => /^[^@\s]+@[^@\s]+\.[a-z]{2,}/i.test(cell)))
    return { target: 'emails', platform: null, confidence: 0.6, reason: 'its cells are e-mail addresses' };
  if (mostly(cells, (cell) => /^https?:\/\//i.test(cell) && parseHandle(cell, 'instagram').ok))
    return { target: 'url', platform: null, confidence: 0.6, reason: 'its cells are addresses of profiles' };
  if (mostly(cells, (cell) => /^@[\p{L}\p{N}._]+$/u.test(cell)))
    return { target: 'handle', platform: null, confidence: 0.6, reason: 'its cells begin with @' };
  return null;
}

/** Lists, and shares of an audience (45-54 and 55-64 are one bucket), are gathered from several columns. */
function isShared(target: Target): boolean {
  return listTargets.has(target) || (isStatementTarget(target) && target.startsWith('audience.'));
}

/** A field that holds one value is read from one column: the surest, then the first. The others are kept as extra fields. */
function withoutClashes(kind: FileKind, proposals: ColumnProposal[]): ColumnProposal[] {
  const best = new Map<string, ColumnProposal>();
  for (const proposal of proposals) {
    if (proposal.target === null || isShared(proposal.target)) continue;
    const slot = `${proposal.platform ?? ''} ${proposal.target}`;
    const holder = best.get(slot);
    if (holder === undefined || proposal.confidence > holder.confidence) best.set(slot, proposal);
  }
  const kept = new Set(best.values());
  return proposals.map((proposal) => {
    if (proposal.target === null || isShared(proposal.target) || kept.has(proposal)) return proposal;
    const other = best.get(`${proposal.platform ?? ''} ${proposal.target}`)?.column ?? '';
    return {
      ...proposal,
      target: kind === 'creators' ? 'custom' : null,
      confidence: 0.2,
      reason: `"${other}" is read for that already`,
    };
  });
}
