import { describe, expect, it } from 'vitest';
import type { Stage } from '../api.ts';
import { defaultStages, plainRules, stageName } from './default-stages.ts';
import { type Standing, tellBlocking } from './tell-blocking.ts';

const making: Stage = {
  ...plainRules,
  reachedBy: [],
  needs: [],
  name: 'making',
  label: 'Making',
  phase: 'producing',
  waitsFor: 'creator',
  patienceDays: null,
  task: 'Making the content',
};
const invited: Stage = {
  ...plainRules,
  reachedBy: [],
  needs: [],
  name: 'invited',
  label: 'Invited',
  phase: 'considering',
  waitsFor: 'creator',
  patienceDays: 7,
  task: 'No answer yet',
};
const standing = (change: Partial<Standing>): Standing => ({
  stage: making,
  stageSince: new Date('2026-05-01T10:00:00Z'),
  stageSinceDay: '2026-05-01',
  blocker: null,
  blockerSince: null,
  blockerSinceDay: null,
  removedAt: null,
  contractEnd: null,
  liveFault: null,
  nextDue: null,
  drafted: 0,
  planned: 0,
  approved: 0,
  respondBy: null,
  draftsBy: null,
  today: '2026-05-05',
  ...change,
});

describe('what holds a creator up', () => {
  it('is a due day gone by before anything else, and since the day after it', () => {
    const late = tellBlocking(standing({ nextDue: { on: '2026-05-03', title: 'Reel' }, blocker: 'Sick', drafted: 2 }));
    expect(late).toEqual({ who: 'late', what: 'Reel overdue', since: '2026-05-04T00:00:00.000Z', days: 2 });
  });

  it('is not late on the due day itself, nor while nothing is agreed', () => {
    expect(tellBlocking(standing({ nextDue: { on: '2026-05-05', title: 'Reel' } }))).toMatchObject({
      who: 'nobody',
      what: 'Reel due 5 May',
    });
    expect(tellBlocking(standing({ stage: invited, nextDue: { on: '2026-05-01', title: 'Reel' } }))).toMatchObject({
      who: 'creator',
    });
  });

  it('becomes late on the day after the patience with a stage is used up', () => {
    expect(tellBlocking(standing({ stage: invited, today: '2026-05-08' }))).toMatchObject({
      who: 'creator',
      what: 'No answer yet',
      days: 7,
    });
    expect(tellBlocking(standing({ stage: invited, today: '2026-05-09' }))).toMatchObject({ who: 'late', days: 8 });
  });

  it('says what a person wrote down, then drafts that wait, then the turn of the stage', () => {
    const written = {
      blocker: 'Second vote',
      blockerSince: new Date('2026-05-04T08:00:00Z'),
      blockerSinceDay: '2026-05-04',
    };
    expect(tellBlocking(standing({ ...written, drafted: 1 }))).toMatchObject({
      who: 'us',
      what: 'Second vote',
      days: 1,
    });
    expect(tellBlocking(standing({ drafted: 1 }))).toMatchObject({ who: 'us', what: 'Draft to review' });
    expect(tellBlocking(standing({}))).toMatchObject({ who: 'creator', what: 'Making the content' });
  });

  it('never counts days below zero when clocks disagree', () => {
    expect(tellBlocking(standing({ today: '2026-04-30' })).days).toBe(0);
  });
});

describe('stages', () => {
  it('of every model have names of their own and end with the work done', () => {
    for (const stages of Object.values(defaultStages)) {
      expect(new Set(stages.map((stage) => stage.name)).size).toBe(stages.length);
      expect(stages.at(-1)?.phase).toBe('done');
    }
  });

  it('get a key that is free, also for labels without a Latin letter', () => {
    expect(stageName('Été: essai', new Set())).toBe('ete_essai');
    expect(stageName('審査', new Set(['stage', 'stage_2']))).toBe('stage_3');
  });

  it('says what is wrong with a live post before anything else, and since when', () => {
    const liveFault = { what: 'Ad label missing', since: new Date('2026-05-03T10:00:00Z'), sinceDay: '2026-05-03' };
    const nextDue = { on: '2026-05-01', title: 'Story' };
    expect(tellBlocking(standing({ liveFault, nextDue, today: '2026-05-05' }))).toEqual({
      who: 'late',
      what: 'Ad label missing',
      since: '2026-05-03T10:00:00.000Z',
      days: 2,
    });
  });
});
