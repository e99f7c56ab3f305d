import {
  type Brief,
  type BriefChange,
  type BriefField,
  type BriefOverride,
  briefSchema,
  type ShownBrief,
} from '../api.ts';
import { briefLabels, briefLines, compareBriefs } from './compare-briefs.ts';

const overridable = [
  'deliverables',
  'dates',
  'compensation',
  'pay',
  'usageRights',
  'rights',
  'disclosure',
  'hashtags',
  'links',
] as const satisfies readonly (BriefField & keyof BriefOverride)[];

/** The brief as one creator reads it: parts of the override stand instead of those of all. */
export function showBrief(brief: Brief, override: BriefOverride | null): ShownBrief {
  if (override === null) return { brief, note: '', own: [] };
  const theirs = Object.fromEntries(
    overridable.flatMap((field) => (override[field] === undefined ? [] : [[field, override[field]]])),
  );
  const shown = briefSchema.parse({ ...brief, ...theirs });
  const own = compareBriefs(brief, shown).map((change) => change.field);
  return { brief: shown, note: override.note, own };
}

/** What a text says, in a form in which two texts are equal exactly when nothing in them differs but the order of lines. */
export function partOf(shown: ShownBrief): string {
  const fields = Object.keys(briefLabels) as BriefField[];
  return JSON.stringify([shown.note, ...fields.map((field) => briefLines(shown.brief, field).toSorted())]);
}

/** What a later text changed for a creator, the word to them alone included. */
export function compareShown(before: ShownBrief, after: ShownBrief): BriefChange[] {
  const changes = compareBriefs(before.brief, after.brief);
  if (before.note === after.note) return changes;
  const lines = (note: string) => (note === '' ? [] : note.split(/\n+/));
  return [{ field: 'note', label: 'A word to you', before: lines(before.note), after: lines(after.note) }, ...changes];
}
