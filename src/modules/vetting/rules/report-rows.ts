import type { Vetting } from '../api.ts';
import { pointNames } from '../api.ts';

type Cell = string | number | null;

interface Row {
  section: string;
  name: string;
  title: string;
  state?: string | null;
  value?: Cell;
  display?: Cell;
  contribution?: number | null;
  percentile?: number | null;
  low?: number | null;
  high?: number | null;
  n?: number | null;
  sample?: string | null;
  source?: string | null;
  asOf?: string | null;
  formula?: string | null;
  text?: string | null;
}

const columns: { name: string; of: (row: Row) => Cell | undefined }[] = [
  { name: 'section', of: (row) => row.section },
  { name: 'name', of: (row) => row.name },
  { name: 'title', of: (row) => row.title },
  { name: 'state', of: (row) => row.state },
  { name: 'value', of: (row) => row.value },
  { name: 'shown_as', of: (row) => row.display },
  { name: 'points', of: (row) => row.contribution },
  { name: 'percentile_of_peers', of: (row) => row.percentile },
  { name: 'interval_low', of: (row) => row.low },
  { name: 'interval_high', of: (row) => row.high },
  { name: 'n', of: (row) => row.n },
  { name: 'sample', of: (row) => row.sample },
  { name: 'source', of: (row) => row.source },
  { name: 'as_of', of: (row) => row.asOf },
  { name: 'formula', of: (row) => row.formula },
  { name: 'text', of: (row) => row.text },
];

/** A report as a table: a head, then a row for each thing it says. The points of the sections score and signal add up to the score; what is not known is empty. */
export function reportRows(report: Vetting): Cell[][] {
  const rows = [
    ...headRows(report),
    ...signalRows(report),
    ...report.flags.map((flag) => ({
      section: 'flag',
      name: flag.name,
      title: flag.title,
      state: flag.severity,
      text: flag.reason,
    })),
    ...report.engagement.rates.map((rate) => ({
      section: 'engagement',
      name: rate.definition,
      title: rate.title,
      state: rate.isScored ? 'scored' : null,
      value: rate.median,
      low: rate.medianInterval?.low ?? null,
      high: rate.medianInterval?.high ?? null,
      n: rate.n,
      sample: 'posts',
      formula: rate.formula,
      text: rate.needs === null ? null : `needs ${rate.needs}`,
    })),
    ...(report.deals?.brands ?? []).map((brand) => ({
      section: 'partnership',
      name: brand.brand,
      title: brand.handles.join('; '),
      state: brand.isCompetitor ? 'competitor' : null,
      value: brand.againstOrganic,
      n: brand.posts,
      sample: 'posts',
      asOf: brand.lastAt,
      formula: 'median engagement of its posts / median of own posts',
    })),
    ...report.verdicts.map((verdict) => ({
      section: 'decision',
      name: verdict.point,
      title: verdict.point === 'overall' ? 'The creator as a whole' : pointNames[verdict.point],
      state: verdict.verdict,
      source: verdict.decidedBy,
      asOf: verdict.decidedAt,
      text: verdict.reason,
    })),
  ] satisfies Row[];
  return [columns.map((column) => column.name), ...rows.map((row) => columns.map((column) => column.of(row) ?? null))];
}

function headRows(report: Vetting): Row[] {
  const { scoreInterval } = report;
  const base = report.contributions.filter((one) => one.name === 'base' || one.name === 'limit');
  return [
    { section: 'report', name: 'handle', title: 'Handle', value: report.handle, source: report.platform },
    {
      section: 'report',
      name: 'score',
      title: 'Score',
      state: report.verdict,
      value: report.score,
      low: scoreInterval?.low ?? null,
      high: scoreInterval?.high ?? null,
      asOf: report.checkedAt,
      formula: `where a peer starts plus every contribution, rules ${report.rulesVersion}`,
      text: report.rule.text,
    },
    {
      section: 'report',
      name: 'confidence',
      title: 'Share of the weight that is known',
      value: report.confidence ?? null,
      asOf: report.dataAt,
    },
    ...base.map((one) => ({ section: 'score', name: one.name, title: one.title, contribution: one.contribution })),
  ];
}

function signalRows(report: Vetting): Row[] {
  return report.signals.map((signal) => ({
    section: 'signal',
    name: signal.name,
    title: signal.title,
    state: signal.state,
    value: signal.value,
    display: signal.display,
    contribution: report.score === null ? null : signal.contribution,
    percentile: signal.percentile,
    low: signal.interval?.low ?? null,
    high: signal.interval?.high ?? null,
    n: signal.n,
    sample: signal.sample,
    source: signal.source,
    asOf: signal.asOf,
    formula: signal.formula,
    text: signal.needs === null ? signal.text : `${signal.text} Needs ${signal.needs}.`,
  }));
}
