import type { QuantisedVector } from '../rules/indexed-creator.ts';
import { loadWordModel } from './load-word-model.ts';
import { type Encoded, encodeWith, quantise } from './rules/encode-text.ts';

/** Turns texts into vectors that can be compared: the one seam where another embedding model is put in. */
export interface Encoder {
  /** Name and version; vectors of two encoders are never compared. */
  name: string;
  /** A multiple of 16. */
  dims: number;
  encode(text: string): Encoded;
}

let encoder: Encoder | null = null;

/** The encoder of briefs and queries, 30,000 short texts a second. */
export function wordEncoder(): Encoder {
  if (encoder !== null) return encoder;
  const model = loadWordModel();
  encoder = { name: model.name, dims: model.dims, encode: (text) => encodeWith(model, text) };
  return encoder;
}

/** As the index scans it: bytes with one step. */
export function toIndexVector(values: Float32Array): QuantisedVector {
  const { scale, values: bytes } = quantise(values);
  return { model: wordEncoder().name, scale, values: bytes };
}
