import { createReadStream } from 'node:fs';
import { Unzip, UnzipInflate } from 'fflate';
import { SaxesParser } from 'saxes';
import type { Cell } from '../rules/read-cell.ts';
import { badFile, columnsMax, inflatedBytesMax, sharedTextCharsMax } from './file-error.ts';
import type { ReadProgress } from './open-text.ts';

export interface SheetRow {
  row: number;
  cells: Cell[];
}

export interface Workbook {
  sheets: { name: string; path: string }[];
  shared: string[];
  /** For each cell style, whether it shows its number as a date. */
  dateStyles: boolean[];
}

// Small pieces keep what one of them can unpack to (1,000 times at worst) within memory.
const pieceBytes = 16 * 1024;
const ratioMax = 400;
const ratioFromBytes = 50_000_000;

/** Unpacks the wanted entries of a zip as a stream of text pieces; the others are passed over. Errors: bad_file for a broken zip or a bomb. */
async function* unpack(
  path: string,
  isWanted: (name: string) => boolean,
  progress?: ReadProgress,
): AsyncGenerator<{ name: string; text: string; isLast: boolean }> {
  const found: { name: string; text: string; isLast: boolean }[] = [];
  let failure: Error | null = null;
  let packed = 0;
  let inflated = 0;
  const unzip = new Unzip((file) => {
    if (!isWanted(file.name)) return;
    const decoder = new TextDecoder('utf-8');
    file.ondata = (error, data, isLast) => {
      if (error !== null && error !== undefined) failure ??= error;
      if (failure !== null) return;
      inflated += data.length;
      found.push({ name: file.name, text: decoder.decode(data, { stream: !isLast }), isLast });
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for await (const chunk of createReadStream(path, { highWaterMark: pieceBytes })) {
    packed += (chunk as Buffer).length;
    if (progress !== undefined) progress.bytesRead = () => packed;
    try {
      unzip.push(chunk as Buffer);
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error));
    }
    if (failure !== null)
      throw badFile('The spreadsheet is damaged: its zip wrapping cannot be unpacked. Save it again as XLSX or CSV.');
    if (inflated > inflatedBytesMax || (inflated > ratioFromBytes && inflated > packed * ratioMax)) {
      throw badFile(
        `The spreadsheet unpacks to more than ${ratioMax} times its size, as only harmful files do. Save it as CSV.`,
      );
    }
    yield* found.splice(0);
  }
  yield* found.splice(0);
}

/** Names of the sheets, shared texts and date styles: what rows refer to. Error: bad_file when the zip is no spreadsheet. */
export async function readWorkbook(path: string): Promise<Workbook> {
  const shared: string[] = [];
  const sheets: { name: string; relation: string }[] = [];
  const relations = new Map<string, string>();
  const styles = { custom: new Map<number, string>(), formats: [] as number[] };
  const parsers = new Map<string, SaxesParser>();
  const make = (name: string) => {
    if (name.endsWith('sharedStrings.xml')) return sharedParser(shared);
    if (name.endsWith('styles.xml')) return styleParser(styles);
    if (name.endsWith('.rels'))
      return tagParser(
        (tag, attributes) =>
          void (tag === 'Relationship' && relations.set(attributes.Id ?? '', attributes.Target ?? '')),
      );
    return tagParser(
      (tag, attributes) =>
        void (tag === 'sheet' && sheets.push({ name: attributes.name ?? '', relation: attributes['r:id'] ?? '' })),
    );
  };
  for await (const part of unpack(path, (name) =>
    /^xl\/(workbook\.xml|sharedStrings\.xml|styles\.xml|_rels\/workbook\.xml\.rels)$/.test(name),
  )) {
    const parser = parsers.get(part.name) ?? make(part.name);
    parsers.set(part.name, parser);
    write(parser, part.text);
  }
  if (sheets.length === 0)
    throw badFile('The file is a zip but no spreadsheet. Save it as XLSX, or unpack it and upload the CSV inside.');
  const dateStyles = styles.formats.map((format) => isDateFormat(format, styles.custom.get(format)));
  const pathOf = (relation: string) => (relations.get(relation) ?? '').replace(/^\/?(xl\/)?/, 'xl/');
  return { sheets: sheets.map((sheet) => ({ name: sheet.name, path: pathOf(sheet.relation) })), shared, dateStyles };
}

/** Rows of one sheet in their order, one array a piece; empty rows are left out. */
export async function* readSheet(
  path: string,
  workbook: Workbook,
  sheet: { name: string; path: string },
  progress?: ReadProgress,
): AsyncGenerator<SheetRow[]> {
  const rows: SheetRow[] = [];
  const parser = sheetParser(workbook, (row) => rows.push(row));
  let isFound = false;
  for await (const part of unpack(path, (name) => name === sheet.path, progress)) {
    isFound = true;
    write(parser, part.text);
    if (rows.length > 0) yield rows.splice(0);
  }
  if (!isFound) throw badFile(`The sheet "${sheet.name}" is missing from the spreadsheet.`);
}

function write(parser: SaxesParser, text: string): void {
  try {
    parser.write(text);
  } catch (error) {
    if ((error as { kind?: string }).kind === 'invalid') throw error;
    throw badFile(
      `The spreadsheet is damaged: ${error instanceof Error ? error.message : 'its XML cannot be read'}. Save it again as XLSX or CSV.`,
    );
  }
}

type Attributes = Record<string, string>;

function newParser(): SaxesParser {
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  // Entities of its own are the way of XML bombs; a spreadsheet has none.
  parser.on('doctype', () => {
    throw badFile('The spreadsheet declares a document type of its own, as only harmful files do. Save it as CSV.');
  });
  return parser;
}

function tagParser(onTag: (name: string, attributes: Attributes) => void): SaxesParser {
  const parser = newParser();
  parser.on('opentag', (tag) => onTag(localName(tag.name), tag.attributes as Attributes));
  return parser;
}

function localName(name: string): string {
  return name.includes(':') ? (name.split(':')[1] ?? name) : name;
}

function sharedParser(shared: string[]): SaxesParser {
  const parser = newParser();
  let text = '';
  let isText = false;
  let phonetic = 0;
  let chars = 0;
  parser.on('opentag', (tag) => {
    const name = localName(tag.name);
    if (name === 'si') text = '';
    if (name === 'rPh') phonetic += 1;
    isText = name === 't' && phonetic === 0;
  });
  parser.on('text', (piece) => {
    if (!isText) return;
    text += piece;
    chars += piece.length;
    if (chars > sharedTextCharsMax)
      throw badFile(
        `The spreadsheet holds more than ${sharedTextCharsMax / 1e6} million characters of text. Save it as CSV.`,
      );
  });
  parser.on('closetag', (tag) => {
    const name = localName(tag.name);
    if (name === 't') isText = false;
    if (name === 'rPh') phonetic -= 1;
    if (name === 'si') shared.push(text);
  });
  return parser;
}

function styleParser(styles: { custom: Map<number, string>; formats: number[] }): SaxesParser {
  let isInCells = false;
  const parser = tagParser((name, attributes) => {
    if (name === 'numFmt') styles.custom.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
    if (name === 'cellXfs') isInCells = true;
    if (name === 'cellStyles' || name === 'cellStyleXfs') isInCells = false;
    if (name === 'xf' && isInCells) styles.formats.push(Number(attributes.numFmtId ?? 0));
  });
  return parser;
}

function isDateFormat(id: number, code: string | undefined): boolean {
  if ((id >= 14 && id <= 22) || (id >= 45 && id <= 47)) return true;
  if (code === undefined) return false;
  return /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''));
}

function sheetParser(workbook: Workbook, onRow: (row: SheetRow) => void): SaxesParser {
  const parser = newParser();
  let row = 0;
  let cells: Cell[] = [];
  let cell = { at: 0, type: 'n', isDate: false };
  let text = '';
  let isValue = false;
  parser.on('opentag', (tag) => {
    const name = localName(tag.name);
    const attributes = tag.attributes as Attributes;
    if (name === 'row') {
      row = Number(attributes.r ?? row + 1);
      cells = [];
    } else if (name === 'c') {
      const at = attributes.r === undefined ? cells.length : columnOf(attributes.r);
      if (at >= columnsMax) throw badFile(`Row ${row} has more than ${columnsMax.toLocaleString('en')} cells.`, row);
      cell = { at, type: attributes.t ?? 'n', isDate: workbook.dateStyles[Number(attributes.s ?? -1)] ?? false };
      text = '';
    } else if (name === 'v' || name === 't') isValue = true;
  });
  parser.on('text', (piece) => {
    if (isValue) text += piece;
  });
  parser.on('closetag', (tag) => {
    const name = localName(tag.name);
    if (name === 'v' || name === 't') isValue = false;
    else if (name === 'c') {
      while (cells.length < cell.at) cells.push(null);
      cells[cell.at] = readValue(cell, text, workbook.shared);
    } else if (name === 'row' && cells.some((value) => value !== null && value !== '')) onRow({ row, cells });
  });
  return parser;
}

function readValue(cell: { type: string; isDate: boolean }, text: string, shared: string[]): Cell {
  if (text === '') return null;
  switch (cell.type) {
    case 's':
      return shared[Number(text)] ?? null;
    case 'b':
      return text === '1';
    case 'e':
      return null;
    case 'n': {
      const value = Number(text);
      if (!Number.isFinite(value)) return text;
      // Days since 1899-12-30, as the format counts; given on as an instant.
      return cell.isDate && value > 60 && value < 80_000
        ? new Date(Math.round((value - 25_569) * 86_400_000)).toISOString()
        : value;
    }
    default:
      return text;
  }
}

/** "BC12" is column 54, counted from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const char of reference) {
    const code = char.charCodeAt(0);
    if (code < 65 || code > 90) break;
    column = column * 26 + (code - 64);
  }
  return column - 1;
}
