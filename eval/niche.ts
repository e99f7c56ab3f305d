import { AppError } from '#kernel/errors.ts';
import { loadTopics } from '#modules/discovery/match/load-topics.ts';
import { topicEvidence } from '#modules/discovery/match/rules/topics.ts';
import type { Eval } from './eval.ts';
import { type ClassModel, fitClasses } from './fit-classes.ts';
import { meanWithInterval, seededRandom } from './interval.ts';
import { featuresOf, type NicheCase, tableSize, wordsOfCase } from './niche-features.ts';
import { readTable } from './read-rows.ts';

const formats = {
  influencers_ksb: ['handle', 'category'],
  'texts (with any of name, bio, caption, captions, text)': ['category', 'text'],
};
const textColumns = ['name', 'bio', 'caption', 'captions', 'text'];
const figureColumns = ['followers', 'followees', 'posts'];
const leftOver = 'other';
const resamples = 300;

/** What is a creator about? Figures are without the class `other`, which no taxonomy can tell; with it they stand beside. */
export const nicheEval: Eval = {
  task: 'niche',
  run: async ({ data, train, seed }) => {
    const cases = await readCases(data);
    const learnt = train === null ? null : await readCases(train);
    const told = cases.filter((one) => one.category !== leftOver);
    if (told.length === 0) throw new AppError('invalid', 'eval.no_cases', `${data}: every row is of the class other.`);
    const without = judge(told, learnt?.filter((one) => one.category !== leftOver) ?? null, seed);
    const with_ = told.length === cases.length ? null : judge(cases, learnt, seed);
    return {
      protocol: train === null ? 'shipped' : 'fresh',
      n: told.length,
      figures: {
        ...without,
        ...(with_ === null
          ? {}
          : { with_other: { n: cases.length, accuracy: with_.accuracy, top3: with_.top3, macro_f1: with_.macro_f1 } }),
      },
    };
  },
};

function judge(cases: readonly NicheCase[], train: readonly NicheCase[] | null, seed: number): Record<string, unknown> {
  const classes = [...new Set([...cases, ...(train ?? [])].map((one) => one.category))].sort();
  const rank = train === null ? rankByTaxonomy(classes) : rankByModel(classes, train, seed);
  const orders = cases.map(rank);
  const labels = cases.map((one) => one.category);
  const hits = (top: number) => orders.map((order, at) => Number(order.slice(0, top).includes(labels[at] ?? '')));
  const said = orders.map((order) => order[0] ?? '');
  const majority = Math.max(...classes.map((name) => labels.filter((label) => label === name).length)) / labels.length;
  return {
    ...meanWithInterval('accuracy', hits(1), seed),
    ...meanWithInterval('top3', hits(3), seed),
    ...macroF1(classes, { labels, said }, seed),
    majority,
    lexical: lexicalBaseline(classes, cases, labels),
    confusion: Object.fromEntries(
      classes.map((label) => [
        label,
        Object.fromEntries(
          classes.map((other) => [other, said.filter((name, at) => name === other && labels[at] === label).length]),
        ),
      ]),
    ),
  };
}

/** The taxonomy that ships: classes by the topics of the same group or name; those nothing speaks for by how common their topics' groups are. */
function rankByTaxonomy(classes: readonly string[]): (one: NicheCase) => string[] {
  const topics = loadTopics();
  const own = new Map(
    classes.map((name) => [
      name,
      topics.seeds.flatMap((seed, at) =>
        seed.group === name || seed.topic === name || seed.name.toLowerCase() === name ? [at] : [],
      ),
    ]),
  );
  // With nothing to go by: fashion, travel, family and food are what most creators are about, whatever the platform.
  const usual = ['fashion', 'travel', 'family', 'food', 'beauty', 'interior', 'fitness', 'pet'];
  const prior = (name: string) => (usual.length - (usual.indexOf(name) + 1 || usual.length)) * 0.001;
  return (one) => {
    const evidence = topicEvidence(topics, wordsOfCase(one));
    const score = (name: string) =>
      (own.get(name) ?? []).reduce((sum, at) => sum + (evidence[at]?.sum ?? 0), 0) + prior(name);
    return [...classes].sort((a, b) => score(b) - score(a) || (a < b ? -1 : 1));
  };
}

function rankByModel(
  classes: readonly string[],
  train: readonly NicheCase[],
  seed: number,
): (one: NicheCase) => string[] {
  const model: ClassModel = fitClasses(
    train.map((one) => ({ features: featuresOf(one), label: classes.indexOf(one.category) })),
    { classes: classes.length, size: tableSize, epochs: 3, rate: 0.04, shrinkage: 1e-5, seed },
  );
  return (one) => {
    const likely = model.classify(featuresOf(one));
    return classes
      .map((name, at) => ({ name, likely: likely[at] ?? 0 }))
      .sort((a, b) => b.likely - a.likely)
      .map(({ name }) => name);
  };
}

/** Accuracy of "the class whose name stands in the words, else the most usual one". */
function lexicalBaseline(
  classes: readonly string[],
  cases: readonly NicheCase[],
  labels: readonly string[],
): { accuracy: number } {
  const most = [...classes].sort(
    (a, b) => labels.filter((label) => label === b).length - labels.filter((label) => label === a).length,
  )[0];
  const right = cases.filter((one, at) => {
    const words = wordsOfCase(one);
    return (classes.find((name) => words.has(name)) ?? most) === labels[at];
  });
  return { accuracy: right.length / cases.length };
}

function macroF1(
  classes: readonly string[],
  given: { labels: readonly string[]; said: readonly string[] },
  seed: number,
): Record<string, number> {
  const { labels, said } = given;
  const of = (picked: readonly number[]) => {
    const scores = classes.map((name) => {
      let right = 0;
      let wrong = 0;
      for (const at of picked) {
        const isLabel = labels[at] === name;
        const isSaid = said[at] === name;
        if (isLabel && isSaid) right += 1;
        else if (isLabel || isSaid) wrong += 1;
      }
      return right === 0 ? 0 : (2 * right) / (2 * right + wrong);
    });
    return scores.reduce((sum, score) => sum + score, 0) / classes.length;
  };
  const random = seededRandom(seed);
  const all = labels.map((_, at) => at);
  const drawn = Array.from({ length: resamples }, () => of(all.map(() => Math.floor(random() * all.length)))).sort(
    (a, b) => a - b,
  );
  return {
    macro_f1: of(all),
    macro_f1_lo: drawn[Math.floor(resamples * 0.025)] ?? 0,
    macro_f1_hi: drawn[Math.floor(resamples * 0.975)] ?? 0,
  };
}

async function readCases(path: string): Promise<NicheCase[]> {
  const rows = await readTable(path, formats);
  return rows.map((row, at) => {
    const category = (row.category ?? '').trim().toLowerCase();
    if (category === '')
      throw new AppError(
        'invalid',
        'eval.bad_row',
        `${path}, row ${at + 2}, category: is empty. Every row needs its class.`,
      );
    return {
      handle: row.handle ?? '',
      text: textColumns
        .map((name) => row[name] ?? '')
        .filter((text) => text !== '')
        .join('\n'),
      figures: figureColumns.map((name) => readFigure(row[name])),
      category,
    };
  });
}

function readFigure(text: string | undefined): number | null {
  const value = Number(text);
  return text === undefined || text.trim() === '' || !Number.isFinite(value) ? null : value;
}
