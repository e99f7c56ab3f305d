import { type Bits, newBits, setBit } from './bits.ts';
import { createKernel, type VectorKernel } from './vector-kernel.ts';

/**
 * Vectors of 8-bit numbers, one after the other. The cosine of two is dot / sqrt(squared length * squared length), all whole numbers
 * but for the last step: their scales cancel, and every engine gets the same double.
 */
export interface VectorColumn {
  dims: number;
  values: Int8Array;
  /** Squared length of each vector. */
  lengths: Int32Array;
  /** The person of each vector, ascending. */
  persons: Uint16Array;
}

/** Below so many vectors a plain loop is as fast, and memory of its own (whole pages, address space) does not pay. */
const kernelMin = 1024;
/** Vectors compared at a time: their results stay in the nearest cache. */
const blockSlots = 4096;

export class VectorBuilder {
  readonly dims: number;
  private values: Int8Array;
  private readonly persons: number[] = [];

  constructor(dims: number) {
    this.dims = dims;
    this.values = new Int8Array(dims * 16);
  }

  push(person: number, vector: Int8Array): void {
    const at = this.persons.length * this.dims;
    if (at + this.dims > this.values.length) {
      const wider = new Int8Array(this.values.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values.set(vector, at);
    this.persons.push(person);
  }

  seal(): VectorColumn {
    const persons = Uint16Array.from(this.persons);
    return sealVectors({ dims: this.dims, values: this.values.subarray(0, persons.length * this.dims), persons });
  }
}

/** A column of vectors, in memory of a kernel when there are many. The values given are copied. */
export function sealVectors(given: { dims: number; values: Int8Array; persons: Uint16Array }): VectorColumn {
  const { dims, persons } = given;
  const lengths = new Int32Array(persons.length);
  for (let slot = 0; slot < persons.length; slot += 1) {
    let length = 0;
    for (let i = slot * dims; i < (slot + 1) * dims; i += 1) length += (given.values[i] ?? 0) ** 2;
    lengths[slot] = length;
  }
  const bytes = persons.length * dims;
  const kernel = persons.length < kernelMin ? null : createKernel(bytes + dims * 2 + blockSlots * 6);
  let values: Int8Array;
  if (kernel === null) values = given.values.slice();
  else {
    values = new Int8Array(kernel.memory.buffer, 0, bytes);
    values.set(given.values);
  }
  const column = { dims, values, lengths, persons };
  if (kernel !== null) kernels.set(column, kernel);
  return column;
}

const kernels = new WeakMap<VectorColumn, VectorKernel>();

/** A query, ready for many columns. */
export interface VectorQuery {
  values: Int8Array;
  length: number;
}

export function vectorQuery(values: Int8Array): VectorQuery {
  let length = 0;
  for (const value of values) length += value * value;
  return { values, length };
}

/** Calls back with the dot products of the slots given, a block at a time; `dots` is used again by the next block. */
export function eachDots(
  column: VectorColumn,
  asked: { query: VectorQuery; slots: Uint16Array },
  take: (slots: Uint16Array, dots: Int32Array) => void,
): void {
  const { query, slots } = asked;
  const kernel = kernels.get(column);
  const compare = kernel === undefined ? plainDots(column, query) : kernelDots(column, query, kernel);
  for (let from = 0; from < slots.length; from += blockSlots) {
    const block = slots.subarray(from, from + blockSlots);
    take(block, compare(block));
  }
}

type Compare = (slots: Uint16Array) => Int32Array;

function kernelDots(column: VectorColumn, query: VectorQuery, kernel: VectorKernel): Compare {
  const { dims } = column;
  const { buffer } = kernel.memory;
  const queryAt = column.values.length;
  const outAt = queryAt + dims * 2;
  const listAt = outAt + blockSlots * 4;
  new Int16Array(buffer, queryAt, dims).set(query.values);
  const list = new Uint16Array(buffer, listAt, blockSlots);
  const out = new Int32Array(buffer, outAt, blockSlots);
  return (slots) => {
    list.set(slots);
    if (slots.length > 0) kernel.dots(0, listAt, slots.length, queryAt, dims, outAt);
    return out;
  };
}

function plainDots({ dims, values }: VectorColumn, query: VectorQuery): Compare {
  const out = new Int32Array(blockSlots);
  return (slots) => {
    for (let index = 0; index < slots.length; index += 1) {
      const from = (slots[index] ?? 0) * dims;
      let dot = 0;
      for (let i = 0; i < dims; i += 1) dot += (values[from + i] ?? 0) * (query.values[i] ?? 0);
      out[index] = dot;
    }
    return out;
  };
}

/** -1 to 1; of a vector that is all 0 it is 0. */
export function cosineOf(dot: number, lengthA: number, lengthB: number): number {
  return lengthA === 0 || lengthB === 0 ? 0 : dot / Math.sqrt(lengthA * lengthB);
}

const held = new WeakMap<VectorColumn, Bits>();

/** Persons that have a vector, of so many. */
export function vectorPersons(column: VectorColumn, count: number): Bits {
  let bits = held.get(column);
  if (bits === undefined) {
    bits = newBits(count);
    for (const person of column.persons) setBit(bits, person);
    held.set(column, bits);
  }
  return bits;
}

/** Slots of persons, both ascending; persons without a vector are passed over. */
export function slotsOf(column: VectorColumn, persons: Uint16Array): Uint16Array {
  const slots = new Uint16Array(persons.length);
  let used = 0;
  let slot = 0;
  for (const person of persons) {
    while (slot < column.persons.length && (column.persons[slot] ?? 0) < person) slot += 1;
    if (column.persons[slot] !== person) continue;
    slots[used] = slot;
    used += 1;
  }
  return slots.subarray(0, used);
}
