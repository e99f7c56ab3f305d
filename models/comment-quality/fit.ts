import type { CommentKind } from '../../src/modules/vetting/text/comment-kind.ts';
import { kindByRule } from '../../src/modules/vetting/text/comment-kind.ts';
import { asCommentText } from '../../src/modules/vetting/text/comment-text.ts';
import { kindFeatureOptions, readKind } from '../../src/modules/vetting/text/kind-features.ts';
import type { LinearTextModel } from '../../src/modules/vetting/text/linear-text-model.ts';
import { loadCommentWords } from '../../src/modules/vetting/text/load-comment-words.ts';
import { fitLinear } from '../fit/fit-linear.ts';

const labels: readonly CommentKind[] = ['conversation', 'specific_praise', 'generic_praise'];

/** The weights between talk, praise of a thing and praise of anything, from the cases that no rule tells. */
export function fitKinds(cases: readonly { kind: CommentKind; text: string }[], seed: number): LinearTextModel {
  const words = loadCommentWords();
  const rows = cases
    .filter(({ kind, text }) => labels.includes(kind) && kindByRule(text) === null)
    .map(({ kind, text }) => ({ features: readKind(asCommentText(text), words).features, label: kind }));
  return fitLinear(rows, { labels, features: kindFeatureOptions, l2: 1, epochs: 100, seed, folds: 5 });
}
