import { open } from 'node:fs/promises';
import { badFile } from './file-error.ts';
import { decodeHead, detectEncoding, readHead } from './open-text.ts';
import { type Delimiter, detectDelimiter } from './read-delimited.ts';
import { readWorkbook } from './read-xlsx.ts';

/** What a file is, told by its content and never by its name. */
export type DetectedFile =
  | { format: 'delimited'; isGzip: boolean; encoding: string; delimiter: Delimiter }
  | { format: 'json' | 'ndjson'; isGzip: boolean; encoding: string }
  | { format: 'xlsx'; sheet: string; sheets: string[] };

/** Tells format, packing, encoding and delimiter. Errors: bad_file for empty, binary or damaged files. */
export async function detectFile(path: string): Promise<DetectedFile> {
  const magic = await firstBytes(path, 4);
  if (magic[0] === 0x50 && magic[1] === 0x4b) {
    const workbook = await readWorkbook(path);
    const sheets = workbook.sheets.map((sheet) => sheet.name);
    return { format: 'xlsx', sheet: sheets[0] ?? '', sheets };
  }
  if (magic[0] === 0xd0 && magic[1] === 0xcf)
    throw badFile('This is an old Excel file (.xls). Save it as .xlsx or CSV.');
  const head = await readHead(path);
  const encoding = detectEncoding(head);
  const text = decodeHead(head, encoding);
  const { isGzip } = head;
  const start = text.trimStart();
  if (start === '') throw badFile('The file holds only blanks. Choose a file with a header line and at least one row.');
  if (start.startsWith('[') && looksLikeJson(start)) return { format: 'json', isGzip, encoding };
  if (start.startsWith('{')) return { format: isLineOfJson(start, head.isWhole) ? 'ndjson' : 'json', isGzip, encoding };
  const named = /^sep=(.)\r?\n/i.exec(start)?.[1];
  const delimiter =
    named === ';' || named === ',' || named === '\t' || named === '|' ? named : detectDelimiter(text, head.isWhole);
  return { format: 'delimited', isGzip, encoding, delimiter };
}

// "[Anna],..." is a table whose first heading stands in brackets.
function looksLikeJson(start: string): boolean {
  if (/^\[\s*\{/.test(start)) return true;
  return /^\[\s*(?:[[\]"\d-]|true|false|null)/.test(start) && !/^\[[^\]\n]*\][,;\t|]/.test(start);
}

function isLineOfJson(start: string, isWhole: boolean): boolean {
  const end = start.indexOf('\n');
  if (end < 0 && !isWhole) return false;
  const line = end < 0 ? start : start.slice(0, end);
  try {
    JSON.parse(line);
    return end >= 0 && start.slice(end).trim() !== '' ? start.slice(end).trimStart().startsWith('{') : false;
  } catch {
    // A first line that is broken JSON beside lines that are whole is still a file of lines.
    const second =
      start
        .slice(end + 1)
        .split('\n')[0]
        ?.trim() ?? '';
    return /^\{.*\}$/.test(line.trim()) || (/^\{.*\}$/.test(second) && line.trim().length > 1);
  }
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const handle = await open(path);
  try {
    const buffer = Buffer.alloc(count);
    const { bytesRead } = await handle.read(buffer, 0, count, 0);
    if (bytesRead === 0) throw badFile('The file is empty. Choose a file with a header line and at least one row.');
    return buffer;
  } finally {
    await handle.close();
  }
}
