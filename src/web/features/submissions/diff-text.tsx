import { diffWordsWithSpace } from 'diff';
import type { DiffPart } from '#modules/submissions/api.ts';

/** Two texts as one: what is gone struck out, what is new marked; said in words to screen readers. */
export function DiffText({ before, after }: { before: string; after: string }) {
  const intlSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  const parts = diffWordsWithSpace(before, after, { intlSegmenter }).map(
    (part): DiffPart => ({ kind: part.added ? 'added' : part.removed ? 'removed' : 'same', text: part.value }),
  );
  return <DiffParts parts={parts} />;
}

export function DiffParts({ parts }: { parts: readonly DiffPart[] }) {
  return (
    <p className="sub-diff" dir="auto">
      {parts.map((part, at) => {
        const key = `${at} ${part.kind}`;
        if (part.kind === 'added') return <ins key={key}>{part.text}</ins>;
        if (part.kind === 'removed') return <del key={key}>{part.text}</del>;
        return <span key={key}>{part.text}</span>;
      })}
    </p>
  );
}
