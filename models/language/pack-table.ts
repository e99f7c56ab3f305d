import { z } from 'zod';
import { hashRun, packLanguageTable } from '../../src/modules/vetting/text/language-table.ts';

/** Languages that their script alone tells: their runs are left out. */
const toldByScript = 'am bn el gu he hy ja ka kn ko lo ml or pa ta te th zh'.split(' ');
const dataSchema = z.object({
  ngramsData: z.object({
    languages: z.record(z.string(), z.string()),
    ngrams: z.record(z.string(), z.record(z.string(), z.number())),
  }),
});
const dictionarySchema = z.object({ dictionary: z.array(z.string()) });

/** The large table of the package eld (Apache-2.0), less the languages that need none, keyed by hashes of byte runs. */
export async function packTable(): Promise<Buffer> {
  const entry = import.meta.resolve('eld/large');
  const { ngramsData } = dataSchema.parse(await import(new URL('../ngrams/large.js', entry).href));
  const { dictionary } = dictionarySchema.parse(await import(new URL('../dictionary.js', entry).href));
  const byteOf = new Map(dictionary.map((sign, byte) => [sign, byte] as const).filter(([, byte]) => byte >= 0x80));
  const codes = Object.values(ngramsData.languages).filter((code) => !toldByScript.includes(code));
  const runs = new Map<number, [number, number][]>();
  for (const [run, scores] of Object.entries(ngramsData.ngrams)) {
    const pairs = Object.entries(scores).flatMap(([at, score]): [number, number][] => {
      const language = codes.indexOf(ngramsData.languages[at] ?? '');
      return language < 0 ? [] : [[language, score]];
    });
    if (pairs.length === 0) continue;
    const bytes = [...run.trim()].map((sign) => byteOf.get(sign) ?? sign.charCodeAt(0));
    const edges = { before: run.startsWith(' '), after: run.endsWith(' ') };
    runs.set(hashRun(bytes, 0, bytes.length, edges), pairs);
  }
  return packLanguageTable(codes, runs);
}
