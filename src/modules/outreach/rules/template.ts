import { type MergeField, mergeFields } from '../api/fields.ts';

/** A piece of a template: words as they are, or a field with what stands in for it when it is not known. */
export type Part = { kind: 'text'; text: string } | { kind: 'field'; field: MergeField; fallback: string | null };

export interface TemplateFault {
  message: string;
  /** Position of the first character at fault. */
  at: number;
}

const slot = /\{\{([^{}]*)\}\}/g;
const known: ReadonlySet<string> = new Set(mergeFields);

/**
 * Reads `Hi {{first_name|there}}, …`: a field in double braces, and after a bar what is written when it is not known. Single braces are
 * words. Faults: an unknown field, braces that do not close, a fallback that is empty.
 */
export function readTemplate(text: string): { parts: Part[]; faults: TemplateFault[] } {
  const parts: Part[] = [];
  const faults: TemplateFault[] = [];
  let end = 0;
  for (const found of text.matchAll(slot)) {
    addText(text.slice(end, found.index), end);
    end = found.index + found[0].length;
    const [name = '', ...rest] = (found[1] ?? '').split('|');
    const field = name.trim().toLowerCase();
    const fallback = rest.length === 0 ? null : rest.join('|').trim();
    if (!isField(field)) {
      const list = mergeFields.join(', ');
      faults.push({ at: found.index, message: `There is no field "${field.slice(0, 40)}". Fields are ${list}` });
    } else if (fallback === '') {
      faults.push({ at: found.index, message: `{{${field}|}} has an empty fallback. Write one, or leave out the bar` });
    } else parts.push({ kind: 'field', field, fallback });
  }
  addText(text.slice(end), end);
  return { parts, faults };

  function addText(words: string, from: number): void {
    if (words === '') return;
    const stray = Math.max(words.indexOf('{{'), words.indexOf('}}'));
    if (stray >= 0)
      faults.push({ at: from + stray, message: 'Double braces do not close. Write a field as {{first_name}}' });
    parts.push({ kind: 'text', text: words });
  }
}

/** A template as the title of something: fields stand as their fallback, or as dots. */
export function titleOfTemplate(text: string): string {
  const { parts } = readTemplate(text);
  return parts.map((part) => (part.kind === 'text' ? part.text : (part.fallback ?? '…'))).join('');
}

function isField(name: string): name is MergeField {
  return known.has(name);
}

export type FieldValues = Partial<Record<MergeField, string | null>>;

/**
 * Puts the values in. A field that is neither known nor has a fallback is `missing`, and nothing is rendered: nobody gets "Hi ,".
 * Values are words, never templates; line ends within them become spaces, so that a name from a file adds no header and no paragraph.
 */
export function renderTemplate(
  parts: readonly Part[],
  values: FieldValues,
): { text: string; missing: [] } | { text: null; missing: MergeField[] } {
  const missing = new Set<MergeField>();
  let text = '';
  for (const part of parts) {
    if (part.kind === 'text') {
      text += part.text;
      continue;
    }
    const value = oneLine(values[part.field] ?? '') || part.fallback;
    if (value === null) missing.add(part.field);
    else text += value;
  }
  return missing.size > 0 ? { text: null, missing: [...missing].sort() } : { text, missing: [] };
}

/** Words on one line: every run of spaces and control characters is one space. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
