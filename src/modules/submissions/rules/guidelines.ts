import type { Brief } from '#modules/campaigns/api.ts';
import type { Guideline } from '../api.ts';

/** What the brief asks of a piece, as lines a creator can tick. The key is the line itself, so that a tick outlives a new version that keeps it. */
export function guidelinesOf(brief: Brief): Guideline[] {
  const lines = (kind: Guideline['kind'], texts: readonly string[]) =>
    texts.flatMap((text) => (text.trim() === '' ? [] : [{ key: `${kind}:${text.trim()}`, kind, text: text.trim() }]));
  const all = [
    ...lines('message', brief.keyMessages),
    ...lines('do', brief.dos),
    ...lines('dont', brief.donts),
    ...lines('label', [brief.disclosure]),
    ...lines(
      'hashtag',
      brief.hashtags.map((tag) => (tag.startsWith('#') ? tag : `#${tag}`)),
    ),
    ...lines(
      'link',
      brief.links.map((link) => (link.label === '' ? link.url : `${link.label}: ${link.url}`)),
    ),
  ];
  return [...new Map(all.map((line) => [line.key, line])).values()];
}
