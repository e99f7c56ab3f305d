import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#kernel/errors.ts';
import { loadWordModel } from '#modules/discovery/match/load-word-model.ts';
import { vectorOfWords } from '#modules/discovery/match/rules/encode-text.ts';
import { countTerms } from '#modules/discovery/match/rules/sparse.ts';
import type { TasteDocument } from '#modules/discovery/match/rules/taste.ts';
import { wordsOfText } from '#modules/discovery/match/rules/words-of-text.ts';
import { readJsonLines } from './read-rows.ts';

const creatorSchema = z.looseObject({
  handle: z.string(),
  name: z.string().nullish(),
  bio: z.string().nullish(),
  followers: z.number().nullish(),
});
const postSchema = z.looseObject({
  handle: z.string(),
  caption: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  mentions: z.array(z.string()).nullish(),
});

interface PostOf {
  words: string[];
  hashtags: string[];
  mentions: ReadonlySet<string>;
}

export interface CreatorOf {
  handle: string;
  followers: number;
  bioWords: string[];
  posts: PostOf[];
}

export interface MatchingData {
  creators: CreatorOf[];
  /** Brand to the handles of those who mention it; only brands with six creators or more. */
  brands: Map<string, string[]>;
}

const creatorsMin = 6;

/** Creators, their posts and the brands of a folder. Errors: eval.no_file, eval.unknown_format. */
export async function readMatchingData(folder: string): Promise<MatchingData> {
  const model = loadWordModel();
  const rankOf = (word: string) => model.places.get(word);
  const creators = new Map<string, CreatorOf>();
  for (const row of parseRows(
    creatorSchema,
    await readJsonLines(folder, 'creators_gvsi.jsonl'),
    'creators_gvsi.jsonl',
  )) {
    creators.set(row.handle, {
      handle: row.handle,
      followers: row.followers ?? 0,
      bioWords: wordsOfText(`${row.name ?? ''} ${row.bio ?? ''}`, rankOf).words,
      posts: [],
    });
  }
  for (const row of parseRows(postSchema, await readJsonLines(folder, 'posts_gvsi.jsonl'), 'posts_gvsi.jsonl')) {
    creators.get(row.handle)?.posts.push({
      words: wordsOfText(row.caption ?? '', rankOf).words,
      hashtags: (row.tags ?? []).map((tag) => tag.toLowerCase().replace(/^#/, '')),
      mentions: new Set((row.mentions ?? []).map((mention) => mention.toLowerCase().replace(/^@/, ''))),
    });
  }
  return { creators: [...creators.values()], brands: brandsOf([...creators.values()]) };
}

function parseRows<Row>(schema: z.ZodType<Row>, rows: unknown[], name: string): Row[] {
  return rows.map((row, at) => {
    const parsed = schema.safeParse(row);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new AppError(
      'invalid',
      'eval.unknown_format',
      `${name}, line ${at + 1}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}. Known: creators with handle, name, bio, followers; posts with handle, caption, tags, mentions.`,
    );
  });
}

function brandsOf(creators: readonly CreatorOf[]): Map<string, string[]> {
  const by = new Map<string, Set<string>>();
  for (const creator of creators)
    for (const post of creator.posts)
      for (const mention of post.mentions) {
        if (mention === creator.handle) continue;
        const handles = by.get(mention) ?? new Set();
        by.set(mention, handles.add(creator.handle));
      }
  return new Map(
    [...by]
      .filter(([, handles]) => handles.size >= creatorsMin)
      .map(([brand, handles]) => [brand, [...handles].sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Brands by the last digits of their SHA-1 (of the handle in lower case without @): below 30 they are for scoring, and no training sees them. */
export function isForScoring(brand: string): boolean {
  return Number(BigInt(`0x${createHash('sha1').update(brand).digest('hex')}`) % 100n) < 30;
}

/** A creator as matching reads it, without its posts about one brand. */
export function documentOf(creator: CreatorOf, withoutBrand: string | null): TasteDocument {
  const model = loadWordModel();
  const posts = creator.posts.filter((post) => withoutBrand === null || !post.mentions.has(withoutBrand));
  const words = countTerms([...creator.bioWords, ...posts.flatMap((post) => post.words)]);
  return {
    id: creator.handle,
    words,
    hashtags: new Set(posts.flatMap((post) => post.hashtags)),
    accounts: new Set([creator.handle, ...posts.flatMap((post) => [...post.mentions])]),
    vector: vectorOfWords(model, words),
  };
}
