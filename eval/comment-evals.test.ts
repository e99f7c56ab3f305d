import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import { commentQualityEval } from './comment-quality.ts';
import { commentSpamEval } from './comment-spam.ts';
import type { Eval } from './eval.ts';
import { languageEval } from './language.ts';
import { accuracyOf, f1Of, macroF1Of, measureCalibration, measureClasses } from './measure-classes.ts';
import { sentimentEval } from './sentiment.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-comment-eval-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const run = (task: Eval, data: string, train: string | null = null) =>
  task.run({ data, train, seed: 7, label: null, expect: null });

async function refusalOf(task: Eval, data: string): Promise<string> {
  const error = await run(task, data).catch((thrown: unknown) => thrown);
  if (error instanceof AppError) return error.message;
  throw new Error(`Expected a refusal, got ${String(error)}`);
}

describe('figures of several classes', () => {
  it('are those worked out by hand, with an interval around them', () => {
    const cases = [
      { label: 'a', said: 'a' },
      { label: 'a', said: 'b' },
      { label: 'b', said: 'b' },
      { label: 'c', said: 'b' },
    ];
    expect(accuracyOf(cases)).toBe(0.5);
    expect(f1Of(['b'])(cases)).toBe(0.5);
    expect(f1Of(['a', 'b'])(cases)).toBeCloseTo(6 / 7, 12);
    expect(macroF1Of(['a', 'b', 'c', 'd'])(cases)).toBeCloseTo((2 / 3 + 0.5 + 0) / 3, 12);
    const { accuracy_lo: low = 1, accuracy_hi: high = 0 } = measureClasses(cases, { accuracy: accuracyOf }, 7);
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.5);
  });
});

describe('calibration of several classes', () => {
  it('is how far stated confidence lies from how often it was right, unstated ones left out', () => {
    const said = (confidence: number | null, isRight: boolean) => ({
      label: 'a',
      said: isRight ? 'a' : 'b',
      confidence,
    });
    // Ten cases are ten bins of one: each off by its own distance.
    const sure = Array.from({ length: 10 }, (_, at) => said(0.9, at !== 0));
    const half = [said(0.5, true), said(0.5, false), said(null, false)];

    expect(measureCalibration(sure, 7).ece).toBeCloseTo((9 * 0.1 + 0.9) / 10, 12);
    expect(measureCalibration(half, 7)).toMatchObject({ ece: 0.5, ece_n: 2 });
    expect(measureCalibration([said(null, true)], 7)).toEqual({});
    const exact = Array.from({ length: 1000 }, (_, at) => said(0.8, at % 5 !== 0));
    const { ece = 1, ece_hi: high = 1 } = measureCalibration(exact, 7);
    expect(ece).toBeCloseTo(0, 6);
    expect(high).toBeLessThan(0.08);
  });

  it.each([
    [languageEval, 'lang,text\nen,where did you buy that lovely coat\nde,wo hast du diesen schönen Mantel her\n'],
    [commentQualityEval, 'id,label,text\n1,emoji_only,😍\n2,conversation,Where is it from?\n'],
    [sentimentEval, 'lang,label,text\nenglish,positive,I love this\nenglish,negative,I hate this\n'],
  ])('is printed with its interval by $task', async (task, text) => {
    const { figures } = await run(task, await write(`${task.task}-sure.csv`, text));
    expect(figures).toMatchObject({ ece: expect.any(Number), ece_lo: expect.any(Number), ece_hi: expect.any(Number) });
    expect(figures.ece).toBeGreaterThanOrEqual(0);
    expect(figures.ece).toBeLessThanOrEqual(1);
  });
});

describe('evals of comments', () => {
  it('refuse files of another format and labels they do not know, with row and column', async () => {
    const other = await write('other.csv', 'x,y\n1,2\n');
    expect(await refusalOf(commentQualityEval, other)).toContain('id, label, text');
    expect(await refusalOf(commentSpamEval, other)).toContain('CONTENT, CLASS');
    expect(await refusalOf(languageEval, other)).toContain('lang, text');
    expect(await refusalOf(commentQualityEval, await write('q.csv', 'id,label,text\n1,lovely,wow\n'))).toContain(
      'row 2, label: "lovely" is none of spam_promo',
    );
    expect(await refusalOf(commentSpamEval, await write('s.csv', 'CONTENT,CLASS\nwow,2\n'))).toContain(
      'row 2, CLASS: "2"',
    );
    expect(await refusalOf(languageEval, await write('l.csv', 'lang,text\nklingonese,wow\n'))).toContain('row 2, lang');
  });

  it('say each case with its prediction, rule and words', async () => {
    const path = await write(
      'cases.csv',
      'id,source,label,text\na1,x,spam_promo,please follow me\na2,x,emoji_only,😍\na3,x,conversation,Where is it from?\n',
    );
    const { n, figures, cases } = await run(commentQualityEval, path);
    expect(n).toBe(3);
    expect(figures).toMatchObject({ accuracy: 1, macro_f1: 1, worthwhile_f1: 1, ece_n: 3 });
    expect(cases).toEqual([
      { id: 'a1', prediction: 'spam_promo', rule: 'promotion: begs for follows', span: 'please follow me' },
      { id: 'a2', prediction: 'emoji_only', rule: 'only emoji, punctuation or single letters', span: '😍' },
      { id: 'a3', prediction: 'conversation', rule: 'asks, answers or tells', span: '?' },
    ]);
  });

  it('take languages by English name or code, and score Hindi in Latin letters apart', async () => {
    const path = await write(
      'lang.csv',
      'lang,text\ngerman,wo hast du den Mantel gekauft\nde,das ist ein schöner Tag\nHindi,kya baat hai bhai\nhindi,यह बहुत अच्छा है\n',
    );
    const { figures } = await run(languageEval, path);
    expect(figures).toMatchObject({ accuracy: 1, accuracy_4words: 1, und_recall: 1, und_n: 1 });
    expect(figures.per_language).toMatchObject({ de: { n: 2 }, hi: { n: 1 } });
  });

  it('train on the given file alone in the fresh protocol', async () => {
    const rows = ['subscribe to my channel', 'visit my page', 'buy followers'].map((text) => `"${text}",1`);
    const path = await write(
      'spam.csv',
      ['CONTENT,CLASS', ...rows, 'what a song,0', 'love it,0', 'so true,0'].join('\n'),
    );
    const copy = await write('copy.csv', ['CONTENT,CLASS', '"visit my channel",1', 'what a song,0'].join('\n'));
    expect(await run(commentSpamEval, copy, path)).toMatchObject({ protocol: 'fresh', n: 2, figures: { accuracy: 1 } });
  });
});

const spam = sharedData('labelled/comment_spam_youtube.csv');
describe.skipIf(spam === null)('on real comments', () => {
  it('spam is told under a video that training has not seen, as well as published', async () => {
    const { figures } = await run(commentSpamEval, spam ?? '', spam);
    expect(figures.accuracy).toBeGreaterThan(0.955);
    expect(figures.ece).toBeLessThan(0.05);
  }, 120_000);
});

const tweets = sharedData('labelled/lid_eld_tweets.csv');
describe.skipIf(tweets === null)('on real tweets', () => {
  it('the language is told nearly always, and from four words nearly as well', async () => {
    const { figures } = await run(languageEval, tweets ?? '');
    expect(figures.accuracy).toBeGreaterThan(0.99);
    expect(figures.accuracy_4words).toBeGreaterThan(0.95);
  }, 60_000);
});
