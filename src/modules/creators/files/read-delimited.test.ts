import { readdirSync, readFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedData } from '#tests/support/shared-data.ts';
import { DelimitedParser, delimiters, detectDelimiter } from './read-delimited.ts';

function parse(pieces: string[], delimiter = ','): string[][] {
  const parser = new DelimitedParser(delimiter);
  return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()].map((row) => row.cells);
}

const cell = fc.string({
  unit: fc.constantFrom('a', 'ß', '😀', '"', ',', ';', '\t', '|', '\n', '\r', ' ', '='),
  maxLength: 8,
});
const table = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.nat({ max: 6 }))
  .chain(([width, rows]) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: rows }));

describe('parting a table into cells', () => {
  it('gives back every cell that was written, wherever the text is cut into pieces', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(...delimiters),
        fc.constantFrom('\n', '\r\n'),
        fc.nat(),
        (rows, delimiter, end, seed) => {
          const text = stringify(rows, { delimiter, record_delimiter: end, quoted: true });
          const at = text.length === 0 ? 0 : seed % text.length;
          expect(parse([text.slice(0, at), text.slice(at)], delimiter)).toEqual(rows);
          expect(parse([...text], delimiter)).toEqual(rows);
        },
      ),
    );
  });

  it('counts rows as a spreadsheet does, over line ends inside quotes and past blank lines', () => {
    const parser = new DelimitedParser(',');
    const rows = [...parser.push('a,b\n"1\n2",3\n\nx,y'), ...parser.end()];
    expect(rows.map((row) => row.row)).toEqual([1, 2, 4]);
  });

  it('finds the delimiter by how evenly it parts the rows', () => {
    expect(detectDelimiter('a;b;c\n"1,5";2;3\n1,5;2;3\n', true)).toBe(';');
    expect(detectDelimiter('a\tb\n1,5\t2\n', true)).toBe('\t');
    expect(detectDelimiter('name,bio\nanna,"x; y; z"\n', true)).toBe(',');
    expect(detectDelimiter('handle\nanna\n', true)).toBe(',');
  });
});

const spectrum = sharedData('corpora/csv_spectrum');
if (spectrum === null) console.log('skipped: no shared data');

describe.skipIf(spectrum === null)('the csv-spectrum corpus', () => {
  it('is read as its answers say', () => {
    for (const name of spectrum === null ? [] : readdirSync(`${spectrum}/csvs`)) {
      // Its answer holds another phone number than its table.
      if (name === 'location_coordinates.csv') continue;
      const [header = [], ...rows] = parse([readFileSync(`${spectrum}/csvs/${name}`, 'utf8')]);
      const expected: unknown = JSON.parse(readFileSync(`${spectrum}/json/${name.replace('.csv', '.json')}`, 'utf8'));
      expect({
        name,
        rows: rows.map((row) => Object.fromEntries(header.map((heading, at) => [heading, row[at]]))),
      }).toEqual({ name, rows: expected });
    }
  });
});
