/** Word vectors as bytes: component i of word w is steps[w] * values[w * dims + i]. Made by models/words/train.ts. */
export interface WordModel {
  /** Name and version; vectors of two models cannot be compared. */
  name: string;
  dims: number;
  places: ReadonlyMap<string, number>;
  steps: Float32Array;
  values: Int8Array;
  /** What a word counts in the mean of a text, by place: rare words more. */
  weights: Float32Array;
}

// Smooth inverse frequency (Arora, Liang and Ma 2017): weight a / (a + p). p by Zipf's law over the rank in the source's list.
const smoothing = 1e-3;
const zipfShift = 2.7;
const harmonic = 13.3;

/** Share of all words that the word at this place of a list by frequency makes up (Zipf and Mandelbrot, 341,479 words). */
export function shareAtRank(rank: number): number {
  return 1 / (harmonic * (rank + zipfShift));
}

/** Reads the file of models/words. Throws when it is not one. */
export function readWordModel(file: Uint8Array): WordModel {
  const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  let at = 0;
  const take = (bytes: number) => {
    const from = at;
    at += Math.ceil(bytes / 4) * 4;
    return from;
  };
  const headerBytes = new Uint32Array(buffer, take(4), 1)[0] ?? 0;
  const decoder = new TextDecoder();
  const header: unknown = JSON.parse(decoder.decode(new Uint8Array(buffer, take(headerBytes), headerBytes)));
  const { name, version, dims, words, textBytes } = parseHeader(header);
  const list = decoder.decode(new Uint8Array(buffer, take(textBytes), textBytes)).split('\n');
  const ranks = new Uint32Array(buffer, take(words * 4), words);
  const steps = new Float32Array(buffer, take(words * 4), words);
  const values = new Int8Array(buffer, take(words * dims), words * dims);
  return {
    name: `${name}.${version}`,
    dims,
    places: new Map(list.map((word, place) => [word, place])),
    steps,
    values,
    weights: Float32Array.from(ranks, (rank) => smoothing / (smoothing + shareAtRank(rank))),
  };
}

function parseHeader(header: unknown): {
  name: string;
  version: number;
  dims: number;
  words: number;
  textBytes: number;
} {
  const given = typeof header === 'object' && header !== null ? (header as Record<string, unknown>) : {};
  const number = (key: string) => {
    const value = given[key];
    if (typeof value !== 'number')
      throw new Error(`The word vectors are damaged: no ${key}. Take words.bin from the release again.`);
    return value;
  };
  return {
    name: String(given.name),
    version: number('version'),
    dims: number('dims'),
    words: number('words'),
    textBytes: number('textBytes'),
  };
}
