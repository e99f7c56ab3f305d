import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgreedLine, type AgreedPiece, type AgreedPlan, matchAgreed } from './match-agreed.ts';

const line = (of: Partial<AgreedLine> = {}): AgreedLine => ({
  contractId: 'c1',
  platform: 'instagram',
  format: 'reel',
  count: 1,
  title: '',
  dueOn: null,
  startsOn: null,
  ...of,
});
const piece = (of: Partial<AgreedPiece> & { id: string }): AgreedPiece => ({
  platform: 'instagram',
  format: 'reel',
  title: 'Instagram reel',
  dueOn: null,
  liveOn: null,
  state: 'planned',
  signed: null,
  closedReason: null,
  ...of,
});
const bound = { contractId: 'c1', title: 'Instagram reel', dueOn: null };

/** The pieces after the plan was carried out, as agreeWork does. */
function carryOut(pieces: readonly AgreedPiece[], plan: AgreedPlan): AgreedPiece[] {
  const met = new Map(plan.meet.map((one) => [one.piece.id, one.wanted]));
  const closed = new Set(plan.close.map((one) => one.id));
  const kept = pieces.map((one): AgreedPiece => {
    const wanted = met.get(one.id);
    if (closed.has(one.id)) return { ...one, state: 'cancelled', closedReason: 'Gone' };
    if (wanted === undefined) return one;
    const signed = { contractId: wanted.contractId, title: wanted.title, dueOn: wanted.dueOn };
    const isOpened = one.state === 'cancelled' && one.closedReason !== null;
    return {
      ...one,
      signed,
      dueOn: wanted.dueOn ?? one.dueOn,
      ...(isOpened ? { state: 'planned', closedReason: null } : {}),
    };
  });
  const made = plan.create.map((wanted, at) =>
    piece({
      id: `new${pieces.length}-${at}`,
      ...{ platform: wanted.platform, format: wanted.format, title: wanted.title, dueOn: wanted.dueOn },
      signed: { contractId: wanted.contractId, title: wanted.title, dueOn: wanted.dueOn },
    }),
  );
  return [...kept, ...made];
}

const day = fc.constantFrom(null, '2026-05-10', '2026-05-20');
const contractId = fc.constantFrom('c1', 'c2');
const anyLine = fc
  .record({
    contractId,
    platform: fc.constantFrom('instagram' as const, 'tiktok' as const),
    format: fc.constantFrom('reel', 'Reel', 'story'),
    count: fc.integer({ min: 1, max: 3 }),
    title: fc.constantFrom('', 'A', 'B'),
    dueOn: day,
  })
  .map((of) => line(of));
const anyPiece = fc
  .record({
    platform: fc.constantFrom('instagram', 'tiktok'),
    format: fc.constantFrom('reel', 'story'),
    title: fc.constantFrom('A', 'B', 'A 1', 'Instagram reel'),
    dueOn: day,
    state: fc.constantFrom(
      'planned' as const,
      'drafted' as const,
      'approved' as const,
      'live' as const,
      'cancelled' as const,
    ),
    signed: fc.option(
      fc.record({ contractId: fc.constantFrom('c1', 'c2', 'over'), title: fc.constantFrom('A', 'B'), dueOn: day }),
    ),
    closedReason: fc.constantFrom(null, 'Gone'),
  })
  .map((of) => of);
const pieces = fc
  .array(anyPiece, { maxLength: 8 })
  .map((list) =>
    list.map((of, at) =>
      piece({ id: `p${at}`, ...of, closedReason: of.state === 'cancelled' ? of.closedReason : null }),
    ),
  );

describe('what is signed and what is planned', () => {
  it('agree after the plan was carried out: asking again changes nothing and makes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 5 }), pieces, (lines, before) => {
        const signed = { contractIds: ['c1', 'c2'], lines };
        const after = carryOut(before, matchAgreed(signed, before));
        const again = matchAgreed(signed, after);
        expect(again.create).toEqual([]);
        expect(again.close).toEqual([]);
        expect(again.meet.filter((one) => one.piece.state === 'cancelled' && one.piece.closedReason !== null)).toEqual(
          [],
        );
        for (const of of [
          ...new Set(lines.map((one) => `${one.contractId} ${one.platform} ${one.format.toLowerCase()}`)),
        ]) {
          const wanted = lines
            .filter((one) => `${one.contractId} ${one.platform} ${one.format.toLowerCase()}` === of)
            .reduce((sum, one) => sum + one.count, 0);
          const there = after.filter(
            (one) =>
              `${one.signed?.contractId} ${one.platform} ${one.format.toLowerCase()}` === of &&
              (one.state !== 'cancelled' || one.closedReason === null),
          );
          expect(there.length).toBeGreaterThanOrEqual(wanted);
        }
      }),
    );
  });

  it('never close a piece that work has begun on while its contract holds, nor one that is live', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 4 }), pieces, (lines, before) => {
        for (const one of matchAgreed({ contractIds: ['c1', 'c2'], lines }, before).close) {
          expect(one.state).not.toBe('live');
          if (one.signed?.contractId !== 'over') expect(one.state).toBe('planned');
        }
      }),
    );
  });

  it('take what is planned already for the line of its title and day, before they make a new piece', () => {
    const before = [
      piece({ id: 'p1', title: 'B', dueOn: '2026-05-20' }),
      piece({ id: 'p2', title: 'A', dueOn: '2026-05-10' }),
    ];
    const plan = matchAgreed(
      { contractIds: ['c1'], lines: [line({ title: 'A', dueOn: '2026-05-10', count: 2 }), line({ title: 'B' })] },
      before,
    );
    expect(plan.meet.map((one) => [one.piece.id, one.wanted.baseTitle])).toEqual([
      ['p2', 'A'],
      ['p1', 'B'],
    ]);
    expect(plan.create.map((one) => one.title)).toEqual(['A 2']);
  });

  it('close what an amendment drops where nothing was begun, and keep what was', () => {
    const before = [
      piece({ id: 'p1', signed: bound }),
      piece({ id: 'p2', signed: bound, state: 'drafted' }),
      piece({ id: 'p3', signed: bound }),
    ];
    const one = matchAgreed({ contractIds: ['c1'], lines: [line()] }, before);
    expect(one.meet.map((met) => met.piece.id)).toEqual(['p2']);
    expect(one.close.map((closed) => closed.id)).toEqual(['p1', 'p3']);
    const none = matchAgreed({ contractIds: ['c1'], lines: [] }, before);
    expect(none.keep.map((kept) => kept.id)).toEqual(['p2']);
  });

  it('let what a person cancelled stand for its line, and open again what an earlier version closed', () => {
    const cancelled = piece({ id: 'p1', signed: bound, state: 'cancelled' });
    const closed = piece({ id: 'p2', signed: bound, state: 'cancelled', closedReason: 'No longer owed' });
    const plan = matchAgreed({ contractIds: ['c1'], lines: [line({ count: 2 })] }, [cancelled, closed]);
    expect(plan.create).toEqual([]);
    expect(plan.meet.map((one) => one.piece.id).sort()).toEqual(['p1', 'p2']);
  });

  it('leave what was due or live before a renewal to the contract before it', () => {
    const before = [
      piece({ id: 'p1', state: 'live', liveOn: '2026-04-30' }),
      piece({ id: 'p2', dueOn: '2026-04-30' }),
      piece({ id: 'p3', dueOn: '2026-05-02' }),
    ];
    const plan = matchAgreed({ contractIds: ['c1'], lines: [line({ count: 2, startsOn: '2026-05-01' })] }, before);
    expect(plan.meet.map((one) => one.piece.id)).toEqual(['p3']);
    expect(plan.create).toHaveLength(1);
  });
});
