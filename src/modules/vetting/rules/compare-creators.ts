import type { Comparison, Signal, Vetting } from '../api.ts';
import { sayValue } from './say-value.ts';
import { count, dayText, plural, share } from './words.ts';

export interface Compared {
  vetting: Vetting;
  name: string;
  followers: number | null;
}

type Row = Comparison['rows'][number];
type Cell = Omit<Row['cells'][number], 'personId'>;

const known = (value: number, display: string, note: string | null = null): Cell => ({
  state: 'known',
  value,
  display,
  note,
});
const unknown: Cell = { state: 'unknown', value: null, display: 'not known', note: null };

interface Metric {
  name: string;
  title: string;
  formula: string;
  better: Row['better'];
  cell(of: Compared): Cell;
}

const metrics: readonly Metric[] = [
  {
    name: 'score',
    title: 'Score',
    formula: 'where a peer starts plus every contribution',
    better: 'more',
    cell: ({ vetting: { score, scoreInterval } }) =>
      score === null
        ? { ...unknown, display: 'not enough data' }
        : known(score, String(score), scoreInterval === null ? null : `${scoreInterval.low} to ${scoreInterval.high}`),
  },
  {
    name: 'confidence',
    title: 'Confidence',
    formula: 'points of known signals / points of all that could be asked',
    better: 'more',
    cell: ({ vetting: { confidence } }) => (confidence == null ? unknown : known(confidence, share(confidence))),
  },
  {
    name: 'flags',
    title: 'Flags',
    formula: 'red and amber flags raised',
    better: 'less',
    cell: ({ vetting: { flags } }) =>
      known(flags.length, String(flags.length), flags.map((flag) => flag.title).join(', ') || null),
  },
  {
    name: 'followers',
    title: 'Followers',
    formula: 'as stated by the source',
    better: null,
    cell: ({ followers }) => (followers === null ? unknown : known(followers, count(followers))),
  },
  {
    name: 'posts',
    title: 'Posts measured',
    formula: 'settled posts that count for the score',
    better: 'more',
    cell: ({ vetting: { engagement } }) =>
      engagement.measured === undefined ? unknown : known(engagement.measured, plural(engagement.measured, 'post')),
  },
  ...(['estimated_reach', 'estimated_price', 'estimated_cpm'] as const).map(
    (name): Metric => ({
      name,
      title: {
        estimated_reach: 'Reach of a post, estimated',
        estimated_price: 'Price of a post, estimated',
        estimated_cpm: 'Cost of 1,000 impressions, estimated',
      }[name],
      formula: 'by a published formula; a range, not a measurement',
      better: null,
      cell: ({ vetting }) => {
        const row = vetting.value?.estimated.find((candidate) => candidate.name === name);
        if (row === undefined || row.low === null) return unknown;
        return known(
          typeof row.low === 'number' ? row.low : Number(row.low.amountMinor) / 100,
          sayValue(row),
          row.source,
        );
      },
    }),
  ),
  {
    name: 'dataAt',
    title: 'Newest figure',
    formula: 'when the newest figure was observed',
    better: 'more',
    cell: ({ vetting: { dataAt } }) => (dataAt === null ? unknown : known(Date.parse(dataAt), dayText(dataAt))),
  },
];

/** Every metric as a row with a cell a creator; then every signal, by its strength. */
export function compareCreators(compared: readonly Compared[]): Comparison['rows'] {
  const signals = new Map<string, Signal>();
  for (const { vetting } of compared) for (const signal of vetting.signals) signals.set(signal.name, signal);
  const rows = metrics.map((metric) => toRow(metric, compared));
  return [...rows, ...[...signals.values()].map((signal) => toRow(signalMetric(signal), compared))];
}

function signalMetric({ name, title, formula }: Signal): Metric {
  return {
    name,
    title,
    formula,
    better: 'more',
    cell: ({ vetting }) => {
      const signal = vetting.signals.find((candidate) => candidate.name === name);
      if (signal === undefined) return unknown;
      if (signal.state === 'unknown') return { ...unknown, note: signal.text };
      if (signal.state === 'not_applicable')
        return { state: 'not_applicable', value: null, display: 'does not apply', note: signal.text };
      const points = `${signal.contribution > 0 ? '+' : ''}${signal.contribution} points`;
      return { state: 'known', value: signal.contribution, display: signal.display ?? '', note: points };
    },
  };
}

function toRow(metric: Metric, compared: readonly Compared[]): Row {
  const { name, title, formula, better } = metric;
  const cells = compared.map((one) => ({ personId: one.vetting.personId, ...metric.cell(one) }));
  return { name, title, formula, better, best: bestOf(cells, better), cells };
}

function bestOf(cells: Row['cells'], better: Row['better']): string | null {
  if (better === null) return null;
  const sign = better === 'more' ? 1 : -1;
  const ranked = cells
    .flatMap(({ personId, value }) => (value === null ? [] : [{ personId, value: sign * value }]))
    .sort((a, b) => b.value - a.value);
  const [first, second] = ranked;
  return first !== undefined && second !== undefined && first.value > second.value ? first.personId : null;
}
