import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** Captions in ten languages (eval/fixtures), each lengthened by others' sentences so that they are as long as real ones, none like another. */
export function disclosureCaptions(count: number): string[] {
  const file = readFileSync(new URL('../../eval/fixtures/disclosure.csv', import.meta.url), 'utf8');
  const rows: { caption: string }[] = parse(file, { columns: true });
  const caption = (at: number) => rows[at % rows.length]?.caption ?? '';
  return Array.from({ length: count }, (_, at) =>
    [caption(at), caption(at * 7 + 3), `No. ${at} of the year. ${caption(at * 13 + 5)}`].join('\n'),
  );
}
