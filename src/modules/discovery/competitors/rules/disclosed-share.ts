import { wilsonBounds } from '#kernel/wilson.ts';
import type { BrandFigures } from '../../api.ts';

/** Posts a share needs. */
const postsMin = 10;

/** The share of posts said to be paid, with Wilson's interval at 95 %; null below 10 posts. */
export function disclosedShare(paid: number, posts: number): BrandFigures['disclosed'] {
  const bounds = posts < postsMin ? null : wilsonBounds(paid, posts);
  return bounds === null ? null : { share: paid / posts, ...bounds, n: posts };
}
