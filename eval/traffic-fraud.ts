import { AppError } from '#kernel/errors.ts';
import { fraudPolicySchema } from '../src/modules/fraud/api.ts';
import { makeBaseline } from '../src/modules/fraud/rules/baseline.ts';
import { chanceOf, judgeCreator, judgeOrder } from '../src/modules/fraud/rules/score-findings.ts';
import { type SummedTraffic, sumTraffic } from '../src/modules/fraud/rules/sum-traffic.ts';
import { figureNames, nullableFigures, type TrafficFigures } from '../src/modules/fraud/rules/traffic-figures.ts';
import { classify } from './classify.ts';
import type { Eval, EvalResult } from './eval.ts';
import { readTable } from './read-rows.ts';
import { type SimulatedCreator, simulateProgram } from './simulate-traffic.ts';
import { fraudKinds, honestKinds, untilMs } from './traffic-maker.ts';

const programs = 12;
const creatorsAProgram = 64;
const policy = fraudPolicySchema.parse({});

/** One creator's traffic of four weeks, judged beside the others of the program. */
export interface TrafficCase {
  id: string;
  kind: string;
  isFraud: boolean;
  score: number;
  rules: string[];
}

/** Whether a creator's traffic is fraudulent: simulated programs with seeded fraud, or a file of figures with labels. */
export const trafficFraudEval: Eval = {
  task: 'traffic-fraud',
  makesData: true,
  run: async ({ data, seed }) => {
    if (data !== '') return figuresOf(await readCasesOf(data), seed, {});
    const worlds = Array.from({ length: programs }, (_, at) => simulateProgram(seed * 1000 + at, creatorsAProgram));
    return figuresOf(
      worlds.flatMap((world, at) => judgeWorld(world, `${at}`)),
      seed,
      { orders: judgeOrders(worlds.flat()), simulated: true },
    );
  },
};

export function judgeWorld(world: readonly SimulatedCreator[], name: string): TrafficCase[] {
  const summed = world.map((one) => sumTraffic(one.traffic, { untilMs, policy }));
  return judgeAll(
    world.map((one, at) => ({
      id: `${name}/${one.traffic.personId}`,
      kind: one.kind,
      isFraud: one.isFraud,
      traffic: summed[at],
    })),
  );
}

interface Summed {
  id: string;
  kind: string;
  isFraud: boolean;
  traffic: SummedTraffic | undefined;
}

function judgeAll(cases: readonly Summed[]): TrafficCase[] {
  return cases.flatMap(({ traffic, ...one }) => {
    if (traffic === undefined) return [];
    const others = cases.flatMap((other) =>
      other.traffic === undefined || other.traffic === traffic ? [] : [other.traffic.figures],
    );
    const judged = judgeCreator({ personId: one.id, traffic, account: null, baseline: makeBaseline(others) }, policy);
    const rules = judged.findings.filter((finding) => finding.state === 'hit').map((finding) => finding.rule);
    return [{ ...one, score: judged.score, rules }];
  });
}

function figuresOf(cases: readonly TrafficCase[], seed: number, more: Record<string, unknown>): EvalResult {
  const labels = cases.map((one) => one.isFraud);
  if (!labels.includes(true) || !labels.includes(false))
    throw new AppError(
      'invalid',
      'eval.one_class',
      'All cases have one label; both fraud and honest traffic are needed.',
    );
  const chances = cases.map((one) => chanceOf(one.score));
  const rateOf = (kinds: readonly string[]) =>
    Object.fromEntries(
      kinds.flatMap((kind) => {
        const some = cases.filter((one) => one.kind === kind);
        return some.length === 0
          ? []
          : [[kind, { n: some.length, share: some.filter((one) => chanceOf(one.score) >= 0.5).length / some.length }]];
      }),
    );
  const kinds = [...new Set(cases.map((one) => one.kind))];
  const known = (list: readonly string[], isFraud: boolean) => [
    ...list,
    ...kinds.filter(
      (kind) => !list.includes(kind) && cases.some((one) => one.kind === kind && one.isFraud === isFraud),
    ),
  ];
  return {
    protocol: 'shipped',
    n: cases.length,
    figures: {
      ...classify(chances, labels, seed),
      recall_by_kind: rateOf(known(fraudKinds, true)),
      flagged_by_honest_kind: rateOf(known(honestKinds, false)),
      ...more,
    },
    cases: cases.map((one) => ({
      id: one.id,
      prediction: chanceOf(one.score) >= 0.5 ? 'fraud' : 'honest',
      rule: one.rules.join(' '),
      span: `${one.kind}, score ${one.score}`,
    })),
  };
}

/** What the rules about single orders find: of orders bought by the creator and orders taken at the checkout, and how often an honest one is told. */
function judgeOrders(creators: readonly SimulatedCreator[]): Record<string, unknown> {
  const told = { 'self-purchase': { n: 0, found: 0 }, 'extension-hijack': { n: 0, found: 0 } };
  const honest = { n: 0, told: 0 };
  for (const { traffic, kind, fraudOrders } of creators)
    for (const order of traffic.orders) {
      const isTold = judgeOrder(order, policy).findings.some(
        (one) =>
          one.state === 'hit' &&
          ['customer-email-match', 'own-device', 'checkout-hijack'].includes(one.rule) &&
          one.points >= 20,
      );
      if (!fraudOrders.has(order.orderId)) {
        honest.n += 1;
        honest.told += Number(isTold);
      } else if (kind === 'self-purchase' || kind === 'extension-hijack') {
        told[kind].n += 1;
        told[kind].found += Number(isTold);
      }
    }
  return {
    ...Object.fromEntries(
      Object.entries(told).map(([kind, { n, found }]) => [kind, { n, recall: n === 0 ? null : found / n }]),
    ),
    honest: { n: honest.n, told_per_thousand: honest.n === 0 ? null : (honest.told / honest.n) * 1000 },
  };
}

/** Rows with the columns of TrafficFigures and `label`; creators are compared within one `program`, where that column is there. */
async function readCasesOf(path: string): Promise<TrafficCase[]> {
  const rows = await readTable(path, { 'traffic figures': ['label', 'clicks', 'orders'] });
  const cases = rows.map((row, at) => ({
    id: row.id ?? `${at + 2}`,
    program: row.program ?? '',
    kind: row.kind ?? (readLabel(row.label ?? '', at + 2) ? 'fraud' : 'honest'),
    isFraud: readLabel(row.label ?? '', at + 2),
    traffic: { figures: readFigures(row, at + 2), examples: {} },
  }));
  return [...Map.groupBy(cases, (one) => one.program).values()].flatMap(judgeAll);
}

function readLabel(text: string, row: number): boolean {
  const label = text.trim().toLowerCase();
  if (['1', 'true', 'fraud', 'yes'].includes(label) || (fraudKinds as readonly string[]).includes(label)) return true;
  if (['0', 'false', 'honest', 'no'].includes(label) || (honestKinds as readonly string[]).includes(label))
    return false;
  throw new AppError(
    'invalid',
    'eval.unknown_format',
    `Row ${row}, label: "${text}" is neither. Use 1 or 0, fraud or honest.`,
  );
}

function readFigures(row: Record<string, string>, at: number): TrafficFigures {
  const entries = figureNames.map((name) => {
    const text = (row[name] ?? '').trim();
    if (text === '') return [name, nullableFigures.has(name) ? null : 0];
    const value = Number(text);
    if (!Number.isFinite(value) || value < 0)
      throw new AppError(
        'invalid',
        'eval.unknown_format',
        `Row ${at}, ${name}: "${text}" is no number of zero or more. Leave it empty when it is not known.`,
      );
    return [name, value];
  });
  return Object.fromEntries(entries) as unknown as TrafficFigures;
}
