import { type Bits, newBits, setBit } from './bits.ts';
import { createKernel, type KernelMemory, kernelOn, type VectorKernel } from './vector-kernel.ts';

/**
 * Vectors of 8-bit numbers. The cosine of two is dot / sqrt(squared length * squared length), all whole numbers but for the last step: their
 * scales cancel, and every engine gets the same double. The first numbers of all vectors stand together and the rest after them: most vectors
 * are told to be too far away by their head alone, which reads a part of the memory.
 */
export interface VectorColumn {
  dims: number;
  /** How many numbers of each vector stand in the first block; all of them where vectors are few. */
  head: number;
  values: Int8Array;
  /** Squared length of each vector. */
  lengths: Int32Array;
  /** Length of each vector's rest, rounded up; 0 where there is none. */
  tailLengths: Uint16Array;
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

/** The heads are this part of a vector: with less, too many of the rest are read after all. */
const headShare = 3 / 8;

function headOf(dims: number, count: number): number {
  return count < kernelMin ? dims : Math.max(16, Math.floor((dims * headShare) / 16) * 16);
}

/** A column of vectors, in memory of a kernel when there are many. The values given, vector by vector, are copied. */
export function sealVectors(given: { dims: number; values: Int8Array; persons: Uint16Array }): VectorColumn {
  const { dims, persons } = given;
  const count = persons.length;
  const head = headOf(dims, count);
  const lengths = new Int32Array(count);
  const tailLengths = new Uint16Array(count);
  const { values, kernel } = newValues(dims, count);
  for (let slot = 0; slot < count; slot += 1) {
    const vector = given.values.subarray(slot * dims, (slot + 1) * dims);
    values.set(vector.subarray(0, head), slot * head);
    values.set(vector.subarray(head), count * head + slot * (dims - head));
    const tail = squaredLength(vector, head, dims);
    lengths[slot] = squaredLength(vector, 0, head) + tail;
    tailLengths[slot] = Math.ceil(Math.sqrt(tail));
  }
  return keepKernel({ dims, head, values, lengths, tailLengths, persons }, kernel);
}

/** A column that was sealed before, in memory of a kernel again. */
export function restoreVectors(saved: VectorColumn): VectorColumn {
  const { values, kernel } = newValues(saved.dims, saved.persons.length);
  values.set(saved.values);
  return keepKernel({ ...saved, values }, kernel);
}

function newValues(dims: number, count: number): { values: Int8Array; kernel: VectorKernel | null } {
  const bytes = count * dims;
  const kernel = count < kernelMin ? null : createKernel(bytes + 16 + laneBytes(dims) * lanes);
  return { values: kernel === null ? new Int8Array(bytes) : new Int8Array(kernel.memory.buffer, 0, bytes), kernel };
}

/** Beside the vectors each thread has a lane to work in: for the query, a list of slots, and the dots. */
const lanes = 2;
let lane = 0;

function laneBytes(dims: number): number {
  return Math.ceil((dims * 2 + blockSlots * 6) / 16) * 16;
}

/** From now on this thread works in the second lane, since another thread compares with the same vectors. */
export function takeSecondLane(): void {
  lane = 1;
}

/** A column as another thread can have it: its arrays have to be in shared memory. */
export interface LentVectors {
  column: VectorColumn;
  memory: KernelMemory | null;
}

export function lendVectors(column: VectorColumn): LentVectors {
  return { column, memory: kernels.get(column)?.handle ?? null };
}

export function takeVectors({ column, memory }: LentVectors): VectorColumn {
  return keepKernel(column, memory === null ? null : kernelOn(memory));
}

/** The column with its arrays replaced by equal ones; the vectors of a kernel stay where they are. */
export function withArrays(column: VectorColumn, replace: <Array>(array: Array) => Array): VectorColumn {
  const { dims, head, values, lengths, tailLengths, persons } = column;
  const kernel = kernels.get(column) ?? null;
  const arrays = { lengths: replace(lengths), tailLengths: replace(tailLengths), persons: replace(persons) };
  return keepKernel({ dims, head, values: kernel === null ? replace(values) : values, ...arrays }, kernel);
}

function keepKernel(column: VectorColumn, kernel: VectorKernel | null): VectorColumn {
  if (kernel !== null) kernels.set(column, kernel);
  return column;
}

/** Copies the vector of a slot. */
export function copyVector({ dims, head, values, persons }: VectorColumn, slot: number, into: Int8Array): void {
  const tails = persons.length * head;
  const tail = dims - head;
  into.set(values.subarray(slot * head, (slot + 1) * head));
  into.set(values.subarray(tails + slot * tail, tails + (slot + 1) * tail), head);
}

function squaredLength(values: Int8Array, from: number, to: number): number {
  let length = 0;
  for (let i = from; i < to; i += 1) length += (values[i] ?? 0) ** 2;
  return length;
}

const kernels = new WeakMap<VectorColumn, VectorKernel>();

/** A query, ready for many columns. */
export interface VectorQuery {
  values: Int8Array;
  length: number;
}

export function vectorQuery(values: Int8Array): VectorQuery {
  return { values, length: squaredLength(values, 0, values.length) };
}

interface DotsAsked {
  query: VectorQuery;
  slots: Uint16Array;
  /** Asked before each block: vectors whose dot is not positive or, squared, below so many times their squared length are left out. Null for none. */
  limit?: () => number | null;
}

/** Calls back with slots and their dot products, a block at a time; both arrays are used again by the next block. */
export function eachDots(
  column: VectorColumn,
  { query, slots, limit = () => null }: DotsAsked,
  take: (slots: Uint16Array, dots: Int32Array) => void,
): void {
  const { dims, head, persons } = column;
  const work = workOn(column, query);
  const tails = { base: persons.length * head, from: head, width: dims - head };
  const tailMost = Math.ceil(Math.sqrt(squaredLength(query.values, head, dims)));
  const chosen = new Uint16Array(blockSlots);
  const sums = new Int32Array(blockSlots);
  for (let at = 0; at < slots.length; at += blockSlots) {
    const block = slots.subarray(at, at + blockSlots);
    const dots = work(block, { base: 0, from: 0, width: head });
    const bound = limit();
    if (tails.width === 0) {
      take(block, dots);
      continue;
    }
    let used = 0;
    for (let i = 0; i < block.length; i += 1) {
      const slot = block[i] ?? 0;
      const dot = dots[i] ?? 0;
      // No dot product of the rests is more than the product of their lengths (Cauchy and Schwarz).
      const most = dot + tailMost * (column.tailLengths[slot] ?? 0);
      if (bound !== null && (most <= 0 || most * most < bound * (column.lengths[slot] ?? 0))) continue;
      chosen[used] = slot;
      sums[used] = dot;
      used += 1;
    }
    const left = chosen.subarray(0, used);
    const rest = work(left, tails);
    for (let i = 0; i < used; i += 1) sums[i] = (sums[i] ?? 0) + (rest[i] ?? 0);
    take(left, sums);
  }
}

/** A part of all vectors: where its block begins, from which number of the query on, how many numbers. */
interface PartOfVectors {
  base: number;
  from: number;
  width: number;
}
type Work = (slots: Uint16Array, part: PartOfVectors) => Int32Array;

function workOn(column: VectorColumn, query: VectorQuery): Work {
  const kernel = kernels.get(column);
  return kernel === undefined ? plainWork(column, query) : kernelWork(column, query, kernel);
}

function kernelWork({ dims, values }: VectorColumn, query: VectorQuery, kernel: VectorKernel): Work {
  const { buffer } = kernel.memory;
  const queryAt = Math.ceil(values.length / 16) * 16 + laneBytes(dims) * lane;
  const outAt = queryAt + dims * 2;
  const listAt = outAt + blockSlots * 4;
  new Int16Array(buffer, queryAt, dims).set(query.values);
  const list = new Uint16Array(buffer, listAt, blockSlots);
  const out = new Int32Array(buffer, outAt, blockSlots);
  return (slots, { base, from, width }) => {
    list.set(slots);
    if (slots.length > 0) kernel.dots(base, listAt, slots.length, queryAt + from * 2, width, outAt);
    return out;
  };
}

function plainWork({ values }: VectorColumn, query: VectorQuery): Work {
  const out = new Int32Array(blockSlots);
  return (slots, { base, from, width }) => {
    for (let index = 0; index < slots.length; index += 1) {
      const at = base + (slots[index] ?? 0) * width;
      let dot = 0;
      for (let i = 0; i < width; i += 1) dot += (values[at + i] ?? 0) * (query.values[from + i] ?? 0);
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
  // Where everybody has one, the slot is the person.
  const last = column.persons.length - 1;
  if (column.persons[last] === last) return persons;
  const slots = new Uint16Array(persons.length);
  let used = 0;
  let slot = 0;
  for (let i = 0; i < persons.length; i += 1) {
    const person = persons[i] ?? 0;
    while (slot < column.persons.length && (column.persons[slot] ?? 0) < person) slot += 1;
    if (column.persons[slot] !== person) continue;
    slots[used] = slot;
    used += 1;
  }
  return slots.subarray(0, used);
}
