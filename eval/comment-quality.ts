import { AppError } from '#kernel/errors.ts';
import { type CommentKind, commentKind, commentKindSchema } from '#modules/vetting/text/comment-kind.ts';
import { fitKinds } from '../models/comment-quality/fit.ts';
import type { Eval } from './eval.ts';
import { accuracyOf, confusionOf, f1Of, macroF1Of, measureCalibration, measureClasses } from './measure-classes.ts';
import { readTable } from './read-rows.ts';

const formats = { comment_quality: ['id', 'label', 'text'] };
const worthwhile = ['conversation', 'specific_praise'];

/** Which of six kinds a comment is. `fresh` trains the weights between the three kinds without a rule on the --train file alone. */
export const commentQualityEval: Eval = {
  task: 'comment-quality',
  run: async ({ data, train, seed }) => {
    const cases = await readKindCases(data);
    const model = train === null ? undefined : fitKinds(await readKindCases(train), seed);
    const found = cases.map(({ id, text }) => ({ id, text, ...commentKind(text, model) }));
    const judged = cases.map(({ kind }, at) => ({
      label: kind,
      said: found[at]?.kind ?? '',
      confidence: found[at]?.confidence ?? null,
    }));
    const classes = commentKindSchema.options;
    return {
      protocol: train === null ? 'shipped' : 'fresh',
      n: cases.length,
      figures: {
        ...measureClasses(
          judged,
          { accuracy: accuracyOf, macro_f1: macroF1Of(classes), worthwhile_f1: f1Of(worthwhile) },
          seed,
        ),
        ...measureCalibration(judged, seed),
        confusion: confusionOf(judged, classes),
      },
      cases: found.map(({ id, text, kind, rule, span }) => ({
        id,
        prediction: kind,
        rule,
        span: span === null ? '' : text.slice(span.start, span.end),
      })),
    };
  },
};

async function readKindCases(path: string): Promise<{ id: string; kind: CommentKind; text: string }[]> {
  const rows = await readTable(path, formats);
  return rows.map((row, at) => {
    const kind = commentKindSchema.safeParse((row.label ?? '').trim());
    if (!kind.success)
      throw new AppError(
        'invalid',
        'eval.bad_row',
        `${path}, row ${at + 2}, label: "${row.label}" is none of ${commentKindSchema.options.join(', ')}.`,
      );
    return { id: row.id ?? String(at + 1), kind: kind.data, text: row.text ?? '' };
  });
}
