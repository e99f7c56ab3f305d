import { checkDisclosure, type DisclosureInput } from '#modules/disclosure/api.ts';
import { type Bench, type BenchOptions, type BenchResult, median } from './bench.ts';
import { disclosureCaptions } from './disclosure/captions.ts';

const rounds = 5;
const defaultSize = 20_000;

/** `captions_per_s`: captions checked on one core, verdict, findings and repair counted, under the packs of five countries in turn. */
export const disclosureBench: Bench = { name: 'disclosure', run: async (options) => run(options) };

function run({ size, tell }: BenchOptions): BenchResult {
  const inputs = inputsOf(size ?? defaultSize);
  checkAll(inputs);
  const perSecond: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    checkAll(inputs);
    perSecond.push(inputs.length / ((performance.now() - startedAt) / 1000));
  }
  tell(`checked ${perSecond.map((one) => Math.round(one)).join(', ')} a second`);
  const characters = inputs.reduce((sum, { caption }) => sum + caption.length, 0) / inputs.length;
  return {
    params: { captions: inputs.length, rounds, mean_characters: Math.round(characters) },
    figures: { captions_per_s: Math.round(median(perSecond)) },
  };
}

function checkAll(inputs: readonly DisclosureInput[]): void {
  for (const input of inputs) checkDisclosure(input);
}

function inputsOf(size: number): DisclosureInput[] {
  const countries = ['US', 'GB', 'DE', 'FR', 'IN'];
  const relations = ['paid', 'unknown', 'gifted'] as const;
  return disclosureCaptions(size).map((caption, at) => ({
    caption,
    platform: 'instagram',
    country: countries[at % countries.length] ?? 'US',
    media: { kind: 'image' },
    relation: relations[at % relations.length] ?? 'unknown',
    platformLabel: null,
  }));
}
