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
  /** The direction of running text as such, each word by its share of all words; unit length. */
  common: Float32Array;
}

// Smooth inverse frequency (Arora, Liang and Ma 2017): weight a / (a + p). p by Zipf's law over the rank in the source's list.
const smoothing = 1e-3;
const zipfShift = 2.7;
const harmonic = 13.3;

/** Share of all words that the word at this place of a list by frequency makes up (Zipf and Mandelbrot, 341,479 words). */
function shareAtRank(rank: number): number {
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
  const weights = Float32Array.from(ranks, (rank) => smoothing / (smoothing + shareAtRank(rank)));
  return {
    name: `${name}.${version}`,
    dims,
    common: directionOfText({ dims, steps, values, weights, ranks }),
    places: new Map(list.map((word, place) => [word, place])),
    steps,
    values,
    weights,
  };
}

/** How much a word tells, 0 to 1: rare ones much, those that stand everywhere little; a word the model does not know is rare. */
export function weightOfWord(model: WordModel, word: string): number {
  const place = model.places.get(word);
  return place === undefined ? 1 : (model.weights[place] ?? 1);
}

function directionOfText(
  by: Pick<WordModel, 'dims' | 'steps' | 'values' | 'weights'> & { ranks: Uint32Array },
): Float32Array {
  const sum = new Float32Array(by.dims);
  by.ranks.forEach((rank, place) => {
    const factor = (by.weights[place] ?? 0) * shareAtRank(rank) * (by.steps[place] ?? 0);
    for (let i = 0; i < by.dims; i += 1) sum[i] = (sum[i] ?? 0) + factor * (by.values[place * by.dims + i] ?? 0);
  });
  const length = Math.sqrt(sum.reduce((square, value) => square + value * value, 0)) || 1;
  return sum.map((value) => value / length);
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

const ranks = new WeakMap<WordModel, (word: string) => number | undefined>();

/** The place of a word in the model; one function a model, so that what is worked out with it can be kept. */
export function rankOfModel(model: WordModel): (word: string) => number | undefined {
  let rankOf = ranks.get(model);
  if (rankOf === undefined) {
    rankOf = (word) => model.places.get(word);
    ranks.set(model, rankOf);
  }
  return rankOf;
}
