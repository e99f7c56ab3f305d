import { platformNames } from '#kernel/platform.ts';
import type { SharedReport, Verdict } from '../api.ts';
import { pointNames } from '../api.ts';
import { audienceRows, commentRows } from './report-samples.ts';
import { sayValue } from './say-value.ts';
import { count, dayText, plural, share } from './words.ts';

/** The report as ready-made words and places, for the template to set; the template itself knows no rule. */
export type ReportPage = ReturnType<typeof reportPage>;

type Shown = SharedReport['report'];

export interface PageBasis {
  creatorName: string;
  workspaceName: string;
  verdicts: readonly Pick<Verdict, 'point' | 'verdict' | 'reason' | 'decidedBy' | 'decidedAt'>[];
}

const verdictWords = { pass: 'Pass', review: 'Review', reject: 'Reject', not_enough_data: 'Not enough data' } as const;
const answerWords = {
  yes: 'Yes',
  partly: 'Partly',
  no: 'No',
  unknown: 'Not known',
  not_applicable: 'Does not arise',
} as const;
const rowsMax = 5;

export function reportPage(report: Shown, basis: PageBasis) {
  const { scoreInterval } = report;
  return {
    title: `${basis.creatorName}: vetting report`,
    workspace: basis.workspaceName,
    creator: basis.creatorName,
    handle: `@${report.handle} on ${platformNames[report.platform]}`,
    verdict: verdictWords[report.verdict],
    tone: report.verdict === 'pass' ? 'good' : report.verdict === 'reject' ? 'bad' : 'plain',
    rule: report.rule.text,
    score: report.score === null ? 'no score' : String(report.score),
    scoreNote: [
      report.score === null ? 'Too little is known for a score.' : `of 100`,
      scoreInterval === null
        ? ''
        : `interval ${scoreInterval.low} to ${scoreInterval.high}, ${share(scoreInterval.coverage)}`,
      report.confidence == null ? '' : `${share(report.confidence)} of the weight is known`,
    ]
      .filter((part) => part !== '')
      .join(', '),
    decided: basis.verdicts.map((one) => ({
      what: one.point === 'overall' ? 'The creator as a whole' : pointNames[one.point],
      verdict: verdictWords[one.verdict],
      reason: one.reason,
      by: `${one.decidedBy}, ${dayText(one.decidedAt)}`,
    })),
    flags: report.flags.map((flag) => ({ title: flag.title, reason: flag.reason, isRed: flag.severity === 'red' })),
    steps: stepsOf(report).filter((step) => step.points !== '0'),
    silent: silentText(report),
    strengths: (report.highlights?.strengths ?? []).map(({ title, text }) => ({ title, text })),
    problems: (report.highlights?.problems ?? []).map(({ title, text }) => ({ title, text })),
    checklist: (report.checklist ?? []).map((one) => ({
      question: one.question,
      answer: answerWords[one.answer],
      tone: one.answer === 'yes' ? 'good' : one.answer === 'no' ? 'bad' : 'plain',
      text: one.text,
    })),
    firstParty: (report.value?.firstParty ?? []).map(valueRow),
    estimated: (report.value?.estimated ?? []).map(valueRow),
    peers: peersText(report),
    comments: commentRows(report),
    audiences: audienceRows(report),
    evidence: report.signals
      .filter((signal) => signal.state === 'known')
      .map((signal) => ({
        title: signal.title,
        value: signal.display ?? '',
        formula: signal.formula,
        basis: `${signal.source}; ${signal.sample}${signal.asOf === null ? '' : `, ${dayText(signal.asOf)}`}`,
        rows: signal.evidence.slice(0, rowsMax).map((row) => ({ label: row.label, value: row.value })),
        more: signal.evidenceTotal > rowsMax ? `and ${plural(signal.evidenceTotal - rowsMax, 'more row')}` : '',
      })),
    footer: footerOf(report),
  };
}

/** Where each contribution begins and ends on the scale of 0 to 100, for the bars. */
function stepsOf(report: Shown) {
  let at = 0;
  return report.contributions.map((one) => {
    const from = at;
    at += one.contribution;
    const signal = report.signals.find((candidate) => candidate.name === one.name);
    return {
      title: one.title,
      note: signal?.text ?? (one.name === 'base' ? (report.engagement.peers?.label ?? '') : ''),
      points: `${one.contribution > 0 && one.name !== 'base' ? '+' : one.contribution < 0 ? '−' : ''}${Math.abs(one.contribution)}`,
      tone: one.name === 'base' ? 'plain' : one.contribution < 0 ? 'bad' : 'good',
      from: Math.min(from, at) / 100,
      width: Math.abs(one.contribution) / 100,
    };
  });
}

/** Signals without points, in two sentences: those known and those that are not. */
function silentText(report: Shown): string {
  if (report.score === null) return '';
  const titles = (state: 'known' | 'unknown') =>
    report.signals
      .filter((signal) => signal.contribution === 0 && signal.state === state)
      .map((signal) => signal.title.toLowerCase())
      .join(', ');
  const say = (what: string, named: string) => (named === '' ? '' : `${what}: ${named}. `);
  return `${say('Neither add nor take', titles('known'))}${say('Not known, so no points and less confidence', titles('unknown'))}`.trim();
}

function valueRow(row: NonNullable<Shown['value']>['estimated'][number]) {
  const source = row.year === null ? row.source : `${row.source} ${row.year}`;
  return {
    title: row.title,
    value: sayValue(row),
    note: row.needs !== null ? `Needs ${row.needs}` : `${row.formula}; ${source}; ${row.sample}`,
  };
}

function peersText(report: Shown): string {
  const { peers } = report.engagement;
  if (peers === null) return 'No peers are known.';
  return `Peers: ${peers.label}, ${count(peers.n)} of them, median ${share(peers.median ?? 0)}.`;
}

function footerOf(report: Shown): string {
  const data = report.dataAt === null ? 'no dated figure' : `data of ${dayText(report.dataAt)}`;
  const weights = report.weightsVersion ? `, weights version ${report.weightsVersion}` : '';
  return `Rules ${report.rulesVersion}${weights}, ${data}, checked ${dayText(report.checkedAt)}. Rapport.`;
}
