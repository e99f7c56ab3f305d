import { z } from 'zod';
import type { TextFeatureOptions, TextFeatures } from './text-features.ts';

/** Multinomial logistic regression over hashed features, its weights in bytes. */
export interface LinearTextModel {
  labels: readonly string[];
  buckets: number;
  /** How texts become features; the same in training and in use. */
  features: TextFeatureOptions;
  /** Weight of label k at place i is weights[i * labels.length + k] * scales[k]. */
  weights: Int8Array;
  scales: readonly number[];
  bias: readonly number[];
  /** Scores are divided by it before they become probabilities (Guo et al. 2017), fitted on cases the weights had not seen. */
  temperature: number;
}

const magic = 'RLTM1\n';
const headerSchema = z.object({
  labels: z.array(z.string()).min(2),
  features: z.object({
    words: z.number().int(),
    characters: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
    buckets: z.number().int().positive(),
  }),
  scales: z.array(z.number()),
  bias: z.array(z.number()),
  temperature: z.number().positive(),
});

/** A model as a file: a line of its kind, a line of JSON, then the weights. */
export function packLinearTextModel(model: LinearTextModel): Buffer {
  const { labels, features, scales, bias, temperature } = model;
  const header = JSON.stringify({ labels, features, scales, bias, temperature });
  const { buffer, byteOffset, byteLength } = model.weights;
  return Buffer.concat([Buffer.from(`${magic}${header}\n`, 'utf8'), Buffer.from(buffer, byteOffset, byteLength)]);
}

/** Reads what `packLinearTextModel` wrote; the bytes are used in place. Throws when they are not a whole model. */
export function readLinearTextModel(bytes: Uint8Array): LinearTextModel {
  const end = bytes.indexOf(10, magic.length);
  const kind = new TextDecoder().decode(bytes.subarray(0, magic.length));
  if (kind !== magic || end < 0)
    throw new Error('The text model is damaged: no header. Take it from the release again.');
  const header = headerSchema.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(magic.length, end))));
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset + end + 1, bytes.byteLength - end - 1);
  if (weights.length !== header.features.buckets * header.labels.length)
    throw new Error('The text model is damaged: weights are missing. Take it from the release again.');
  return { ...header, buckets: header.features.buckets, weights };
}

/** Probability of each label, in the order of `labels`; sums to 1. */
export function scoreText(model: LinearTextModel, features: TextFeatures): number[] {
  return softmax(scoresOf(model, features).map((score) => score / model.temperature));
}

/** Scores before calibration, to be added to another model's. */
export function scoresOf(model: LinearTextModel, features: TextFeatures): number[] {
  const { weights, labels } = model;
  const classes = labels.length;
  const sums = new Array<number>(classes).fill(0);
  const { indices, values } = features;
  for (let at = 0; at < indices.length; at += 1) {
    const place = (indices[at] ?? 0) * classes;
    const value = values[at] ?? 0;
    for (let k = 0; k < classes; k += 1) sums[k] = (sums[k] ?? 0) + (weights[place + k] ?? 0) * value;
  }
  return sums.map((sum, k) => sum * (model.scales[k] ?? 0) + (model.bias[k] ?? 0));
}

export function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
