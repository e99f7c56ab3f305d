import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWorkbook } from './read-xlsx.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rapport-xlsx-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function workbookWith(name: string, shared: Uint8Array): Promise<string> {
  const path = join(dir, name);
  await writeFile(
    path,
    zipSync({ 'xl/workbook.xml': strToU8('<workbook/>'), 'xl/sharedStrings.xml': shared }, { level: 9 }),
  );
  return path;
}

test('a workbook that unpacks to a thousand times its size is refused, and says what it is taken for', async () => {
  const blanks = new Uint8Array(120_000_000).fill(0x20);
  blanks.set(strToU8('<sst>'), 0);
  const path = await workbookWith('bomb.xlsx', blanks);
  await expect(readWorkbook(path)).rejects.toThrow(/400 times its size, as only harmful files do/);
});

test('a zip that is cut off is refused as damaged, not read as empty', async () => {
  const path = join(dir, 'cut.xlsx');
  await writeFile(path, zipSync({ 'xl/sharedStrings.xml': strToU8('<sst><si>') }).subarray(0, 40));
  await expect(readWorkbook(path)).rejects.toThrow(/spreadsheet/i);
});
