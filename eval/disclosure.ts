import { z } from 'zod';
import { AppError } from '#kernel/errors.ts';
import type { DisclosureVerdict, Standing } from '#modules/disclosure/api.ts';
import { checkDisclosure } from '#modules/disclosure/api.ts';
import type { Eval } from './eval.ts';
import { accuracyOf, confusionOf, type Judged, macroF1Of, measureClasses } from './measure-classes.ts';
import { readTable } from './read-rows.ts';

const formats = { disclosure: ['id', 'caption', 'label'] };

const labelSchema = z.enum([
  'clear_adequate',
  'clear_but_buried',
  'ambiguous_term_only',
  'possible_undisclosed_connection',
  'no_disclosure_needed_or_false_trigger',
]);
type DisclosureLabel = z.infer<typeof labelSchema>;

const labelOf: Record<Standing, DisclosureLabel> = {
  clear: 'clear_adequate',
  buried: 'clear_but_buried',
  ambiguous: 'ambiguous_term_only',
  signs: 'possible_undisclosed_connection',
  none: 'no_disclosure_needed_or_false_trigger',
};
const notNeeded = labelOf.none;

/** What a caption on Instagram shows of a deal by itself, under the pack of the United States. Rules only: nothing is trained. */
export const disclosureEval: Eval = {
  task: 'disclosure',
  run: async ({ data, seed }) => {
    const cases = await readCases(data);
    const found = cases.map(({ caption }) => check(caption));
    const judged = cases.map(({ label }, at) => ({ label, said: labelOf[found[at]?.standing ?? 'none'] }));
    return {
      protocol: 'shipped',
      n: cases.length,
      figures: {
        ...measureClasses(
          judged,
          { accuracy: accuracyOf, macro_f1: macroF1Of(labelSchema.options), clear_precision: clearPrecision },
          seed,
        ),
        false_triggers: judged.filter(({ label, said }) => label === notNeeded && said !== notNeeded).length,
        without_need: judged.filter(({ label }) => label === notNeeded).length,
        confusion: confusionOf(judged, labelSchema.options),
      },
      cases: cases.map(({ id, caption }, at) => ({
        id,
        prediction: judged[at]?.said ?? '',
        ...because(caption, found[at]),
      })),
    };
  },
};

function check(caption: string): DisclosureVerdict {
  return checkDisclosure({
    caption,
    platform: 'instagram',
    country: 'US',
    media: { kind: 'image' },
    relation: 'unknown',
    platformLabel: null,
  });
}

/** Of those said to be disclosed clearly, the share that are; 1 when none is said to be. */
function clearPrecision(judged: readonly Judged[]): number {
  const said = judged.filter((one) => one.said === labelOf.clear);
  return said.length === 0 ? 1 : said.filter((one) => one.label === labelOf.clear).length / said.length;
}

/** The rule that decided, and the words it stood on. */
function because(caption: string, verdict: DisclosureVerdict | undefined): { rule: string; span: string } {
  const [finding] = verdict?.findings ?? [];
  const span = finding?.span ?? verdict?.disclosedBy ?? null;
  const words = span === null ? '' : caption.slice(span.start, span.end);
  return { rule: finding?.rule ?? (words === '' ? 'none' : 'US-8'), span: words };
}

async function readCases(path: string): Promise<{ id: string; caption: string; label: DisclosureLabel }[]> {
  const rows = await readTable(path, formats);
  return rows.map((row, at) => {
    const label = labelSchema.safeParse((row.label ?? '').trim());
    if (!label.success)
      throw new AppError(
        'invalid',
        'eval.bad_row',
        `${path}, row ${at + 2}, label: "${row.label}" is none of ${labelSchema.options.join(', ')}.`,
      );
    return { id: row.id ?? String(at + 1), caption: row.caption ?? '', label: label.data };
  });
}
