import { wilsonBounds } from '#kernel/wilson.ts';
import { type NamedBrands, namingCommentersMin } from '../api.ts';
import { readTokens } from '../text/comment-tokens.ts';
import { namesOf } from '../text/target.ts';

/** A brand to look for. */
export interface SoughtBrand {
  brand: string;
  handles: readonly string[];
  from: NamedBrands['rows'][number]['from'];
}

interface ReadComment {
  id: string;
  /** Null where nobody is known to have written it: such a comment is read by none. */
  authorKey: string | null;
  text: string;
}

const examplesMax = 5;
const rowsMax = 50;

/** How many different commenters name each brand, by account, hashtag or its name in words; brands nobody names are left out. */
export function countNamedBrands(
  comments: readonly ReadComment[],
  brands: readonly SoughtBrand[],
): Pick<NamedBrands, 'commenters' | 'rows'> {
  const all = new Set(comments.flatMap((comment) => comment.authorKey ?? []));
  const sought = brands.map((brand) => {
    const handles = brand.handles.map(bareHandle);
    return { ...brand, handles, names: new Set(handles.flatMap((handle) => [handle, ...namesOf(handle)])) };
  });
  const found = sought.map((brand) => ({ brand, people: new Set<string>(), commentIds: [] as string[] }));
  for (const { id, authorKey, text } of comments) {
    if (authorKey === null) continue;
    const said = wordsSaid(text);
    for (const one of found) {
      if (![...one.brand.names].some((name) => said.has(name))) continue;
      one.people.add(authorKey);
      if (one.commentIds.length < examplesMax) one.commentIds.push(id);
    }
  }
  const rows = found
    .filter(({ people }) => people.size > 0)
    .map(({ brand: { brand, handles, from }, people, commentIds }) => {
      const bounds = all.size < namingCommentersMin ? null : wilsonBounds(people.size, all.size);
      return {
        brand,
        handles,
        from,
        commenters: people.size,
        share: bounds === null ? null : people.size / all.size,
        low: bounds?.low ?? null,
        high: bounds?.high ?? null,
        commentIds,
      };
    })
    .sort((a, b) => b.commenters - a.commenters || (a.brand < b.brand ? -1 : 1))
    .slice(0, rowsMax);
  return { commenters: all.size, rows };
}

const bareHandle = (handle: string) => handle.replace(/^@/, '').toLowerCase();

/** Accounts and hashtags without their sign, words, and pairs of words. */
function wordsSaid(text: string): Set<string> {
  const said = new Set<string>();
  let before = '';
  for (const { kind, text: word } of readTokens(text)) {
    if (kind === 'mention') said.add(bareHandle(word));
    else if (kind === 'word' || kind === 'hashtag') {
      said.add(word);
      if (before !== '') said.add(`${before} ${word}`);
    }
    before = kind === 'word' ? word : '';
  }
  return said;
}
