import type { FieldTests, Test } from './compile-filters.ts';
import { findId } from './id-table.ts';
import type { Segment, SetColumn } from './segment.ts';

/**
 * Bits of the fields that keep a person or row out: `bad` whether rejected or not known, `rejected` only by a known value.
 * A creator matches when the bits of the person and of one row are all 0.
 */
export interface FailedBits {
  personBad: Uint32Array;
  personRejected: Uint32Array;
  rowBad: Uint32Array;
  rowRejected: Uint32Array;
}

/** Bit 31: a person that was replaced or removed. */
export const deadBit = 0x8000_0000;

export function markDead(segment: Segment, bits: FailedBits): void {
  if (segment.deadCount === 0) return;
  for (let person = 0; person < segment.persons; person += 1) {
    if (segment.dead[person] === 0) continue;
    bits.personBad[person] = deadBit;
    bits.personRejected[person] = deadBit;
  }
}

interface Target {
  count: number;
  bit: number;
  isComplete: boolean;
  bad: Uint32Array;
  rejected: Uint32Array;
}

export function markFilters(segment: Segment, groups: readonly FieldTests[], bits: FailedBits): void {
  for (const group of groups) {
    const isPerson = group.level === 'person';
    const target: Target = {
      count: isPerson ? segment.persons : segment.rows,
      bit: group.bit,
      isComplete: group.isComplete,
      bad: isPerson ? bits.personBad : bits.rowBad,
      rejected: isPerson ? bits.personRejected : bits.rowRejected,
    };
    for (const test of group.tests) markTest(segment, { group, test, target });
  }
}

function markTest(segment: Segment, work: { group: FieldTests; test: Test; target: Target }): void {
  const { group, test, target } = work;
  const isPerson = group.level === 'person';
  const numbers = (isPerson ? segment.personNumbers : segment.rowNumbers).get(group.field);
  const sets = (isPerson ? segment.personSets : segment.rowSets).get(group.field);
  const flags = (isPerson ? segment.personFlags : segment.rowFlags).get(group.field);
  switch (test.kind) {
    case 'codes':
      markCodes(sets, test, target);
      break;
    case 'bounds':
      markBounds(numbers, test, target);
      break;
    case 'tiers':
      markTiers(segment.rowNumbers.get('followers'), test, target);
      break;
    case 'members':
      markMembers(segment, test, target);
      break;
    case 'flag':
      markFlag(flags, test, target);
      break;
    case 'known':
      markKnown(test, target, (at) =>
        isKnown({
          at,
          numbers: group.field === 'tier' ? segment.rowNumbers.get('followers') : numbers,
          sets,
          flags,
          isComplete: group.isComplete,
        }),
      );
      break;
  }
}

function markUnknown(target: Target): void {
  for (let at = 0; at < target.count; at += 1) target.bad[at] = (target.bad[at] ?? 0) | target.bit;
}

function reject(target: Target, at: number): void {
  target.bad[at] = (target.bad[at] ?? 0) | target.bit;
  target.rejected[at] = (target.rejected[at] ?? 0) | target.bit;
}

function markCodes(column: SetColumn | undefined, test: Extract<Test, { kind: 'codes' }>, target: Target): void {
  const { allowed, not } = test;
  for (let at = 0; at < target.count; at += 1) {
    const start = column?.starts[at] ?? 0;
    const end = column?.starts[at + 1] ?? 0;
    if (start === end && !target.isComplete) {
      target.bad[at] = (target.bad[at] ?? 0) | target.bit;
      continue;
    }
    let isIn = false;
    for (let i = start; i < end && !isIn; i += 1) isIn = allowed[column?.codes[i] ?? 0] === 1;
    if (isIn === not) reject(target, at);
  }
}

function markBounds(column: Float64Array | undefined, test: Extract<Test, { kind: 'bounds' }>, target: Target): void {
  if (column === undefined) {
    markUnknown(target);
    return;
  }
  const { low, high, isLowOpen, isHighOpen, not } = test;
  for (let at = 0; at < target.count; at += 1) {
    const value = column[at] ?? Number.NaN;
    if (Number.isNaN(value)) {
      target.bad[at] = (target.bad[at] ?? 0) | target.bit;
      continue;
    }
    const isIn = (isLowOpen ? value > low : value >= low) && (isHighOpen ? value < high : value <= high);
    if (isIn === not) reject(target, at);
  }
}

function markTiers(column: Float64Array | undefined, test: Extract<Test, { kind: 'tiers' }>, target: Target): void {
  if (column === undefined) {
    markUnknown(target);
    return;
  }
  for (let at = 0; at < target.count; at += 1) {
    const value = column[at] ?? Number.NaN;
    if (Number.isNaN(value)) {
      target.bad[at] = (target.bad[at] ?? 0) | target.bit;
      continue;
    }
    if (test.tiers.some((tier) => value >= tier.min && value < tier.max) === test.not) reject(target, at);
  }
}

function markMembers(segment: Segment, test: Extract<Test, { kind: 'members' }>, target: Target): void {
  const marks = new Uint8Array(segment.persons);
  for (const id of test.personIds) {
    const at = findId(segment.idTable, segment.personIds, id);
    if (at >= 0) marks[at] = 1;
  }
  const wanted = test.not ? 0 : 1;
  for (let at = 0; at < target.count; at += 1) if (marks[at] !== wanted) reject(target, at);
}

function markFlag(column: Uint8Array | undefined, test: Extract<Test, { kind: 'flag' }>, target: Target): void {
  if (column === undefined) {
    markUnknown(target);
    return;
  }
  const wanted = test.value !== test.not ? 1 : 0;
  for (let at = 0; at < target.count; at += 1) {
    const value = column[at] ?? 2;
    if (value === 2) target.bad[at] = (target.bad[at] ?? 0) | target.bit;
    else if (value !== wanted) reject(target, at);
  }
}

function markKnown(test: Extract<Test, { kind: 'known' }>, target: Target, known: (at: number) => boolean): void {
  for (let at = 0; at < target.count; at += 1) if (known(at) !== test.value) reject(target, at);
}

interface Columns {
  at: number;
  numbers: Float64Array | undefined;
  sets: SetColumn | undefined;
  flags: Uint8Array | undefined;
  isComplete: boolean;
}

function isKnown({ at, numbers, sets, flags, isComplete }: Columns): boolean {
  if (isComplete) return true;
  if (numbers !== undefined && !Number.isNaN(numbers[at] ?? Number.NaN)) return true;
  if (sets !== undefined && (sets.starts[at + 1] ?? 0) > (sets.starts[at] ?? 0)) return true;
  return flags !== undefined && (flags[at] ?? 2) !== 2;
}
