import { diffWordsWithSpace } from 'diff';
import type { DiffPart } from '../api.ts';

/**
 * Two captions word by word; joined, the kept and added parts are the second one and the kept and removed parts the first. Words are told
 * apart by the segmenter of the runtime, so that Japanese and Thai are compared by words too.
 */
export function compareCaptions(before: string, after: string): DiffPart[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const intlSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  return diffWordsWithSpace(before, after, { intlSegmenter }).map((part) => ({
    kind: part.added ? 'added' : part.removed ? 'removed' : 'same',
    text: part.value,
  }));
}

/** What platforms change of a caption by themselves: forms of the same letters, kinds of spaces, and spaces at the ends of lines. */
export function plainCaption(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\u200b|\ufeff|\u2060/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
}
