/**
 * Dot products of 8-bit vectors in WebAssembly SIMD, written out byte by byte (180 bytes; no compiler is needed to build it, and the
 * bytes can be read here). In text form:
 *
 *   (func (export "dots") (param $base i32) (param $list i32) (param $count i32) (param $query i32) (param $dims i32) (param $out i32)
 *     end of list = list + 2 * count
 *     loop, for each 16-bit slot of the list:
 *       p = base + slot * dims;  q = query;  sum = i32x4(0)
 *       loop, 16 numbers at a time:
 *         sum += i32x4.dot_i16x8_s(i16x8.load8x8_s(p),     v128.load(q))       8 numbers widened to 16 bits, times 8 of the query,
 *         sum += i32x4.dot_i16x8_s(i16x8.load8x8_s(p + 8), v128.load(q + 16))  neighbours added: exact, nothing can overflow
 *         p += 16;  q += 32
 *       out[...] = sum of the four lanes
 *
 * Its memory is shared, so that another thread can compare with the same vectors: each thread writes to a place of its own.
 *
 * The query stands in memory as 16-bit numbers. All is whole numbers, so the plain loop of `vector-column.ts` gives the same results.
 */
export interface VectorKernel {
  memory: Uint8Array;
  /** The same memory, as it is sent to another thread. */
  handle: KernelMemory;
  dots(base: number, list: number, count: number, query: number, dims: number, out: number): void;
}

const pageBytes = 65_536;
/** What 32-bit addresses reach. */
const pagesMost = 65_536;
const i32 = 0x7f;
const v128 = 0x7b;
/** Locals by index: parameters first. */
const base = 0;
const list = 1;
const count = 2;
const query = 3;
const dims = 4;
const out = 5;
const p = 6;
const q = 7;
const vectorEnd = 8;
const listEnd = 9;
const sum = 10;

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
/** A constant below 64. */
const constant = (value: number) => [0x41, value];
const add = [0x6a];
const multiply = [0x6c];
const isBelow = [0x49];
const simd = (...code: number[]) => [0xfd, ...code];
const plus = (local: number, step: number) => [...get(local), ...constant(step), ...add, ...set(local)];
const addVectors = simd(0xae, 0x01);

/** sum += dot of the eight numbers at p + offset, widened, and the eight of the query at q + 2 * offset. */
const eightOf = (offset: number) => [
  ...get(sum),
  ...get(p),
  ...simd(0x01, 0, offset),
  ...get(q),
  ...simd(0x00, 0, offset * 2),
  ...simd(0xba, 0x01),
  ...addVectors,
  ...set(sum),
];
const lane = (index: number) => [...get(sum), ...simd(0x1b, index)];

const body = [
  ...get(list),
  ...get(count),
  ...constant(2),
  ...multiply,
  ...add,
  ...set(listEnd),
  ...[0x03, 0x40],
  ...get(base),
  ...get(list),
  ...[0x2f, 0, 0],
  ...get(dims),
  ...multiply,
  ...add,
  ...set(p),
  ...get(p),
  ...get(dims),
  ...add,
  ...set(vectorEnd),
  ...get(query),
  ...set(q),
  ...constant(0),
  ...simd(0x11),
  ...set(sum),
  ...[0x03, 0x40],
  ...eightOf(0),
  ...eightOf(8),
  ...plus(p, 16),
  ...plus(q, 32),
  ...get(p),
  ...get(vectorEnd),
  ...isBelow,
  ...[0x0d, 0],
  0x0b,
  ...get(out),
  ...lane(0),
  ...lane(1),
  ...add,
  ...lane(2),
  ...add,
  ...lane(3),
  ...add,
  ...[0x36, 2, 0],
  ...plus(out, 4),
  ...plus(list, 2),
  ...get(list),
  ...get(listEnd),
  ...isBelow,
  ...[0x0d, 0],
  0x0b,
  0x0b,
];

/** A whole number in groups of seven bits, as lengths are written. */
function lengthBytes(length: number): number[] {
  return length < 128 ? [length] : [(length & 127) | 128, ...lengthBytes(length >>> 7)];
}

const sized = (bytes: number[]) => [...lengthBytes(bytes.length), ...bytes];
const section = (id: number, bytes: number[]) => [id, ...sized(bytes)];
const text = (name: string) => sized([...new TextEncoder().encode(name)]);

function moduleBytes(): Uint8Array<ArrayBuffer> {
  const locals = [2, 4, i32, 1, v128];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 6, i32, i32, i32, i32, i32, i32, 0]),
    ...section(2, [1, ...text('m'), ...text('m'), 0x02, 0x03, 0, ...lengthBytes(pagesMost)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('dots'), 0x00, 0]),
    ...section(10, [1, ...sized([...locals, ...body])]),
  ]);
}

export interface KernelMemory {
  readonly buffer: SharedArrayBuffer;
}

/** What is used of the engine's WebAssembly; the types of browsers are not at hand here. */
interface Wasm {
  Module: new (bytes: Uint8Array) => object;
  Memory: new (size: { initial: number; maximum: number; shared: true }) => KernelMemory;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
}

let compiled: object | null | undefined;

/** A kernel with so many bytes of memory of its own; null where the machine has no SIMD or no room. */
export function createKernel(bytes: number): VectorKernel | null {
  const wasm = engine();
  if (wasm === undefined) return null;
  const pages = Math.ceil(bytes / pageBytes);
  try {
    return kernelOn(new wasm.Memory({ initial: pages, maximum: pages, shared: true }));
  } catch {
    // No room for a memory of its own: the plain loop gives the same results.
    return null;
  }
}

/** A kernel on memory that another thread filled; null where the machine has no SIMD. */
export function kernelOn(handle: KernelMemory): VectorKernel | null {
  const wasm = engine();
  if (wasm === undefined || compiled === null) return null;
  try {
    compiled ??= new wasm.Module(moduleBytes());
  } catch {
    compiled = null;
    return null;
  }
  const { dots } = new wasm.Instance(compiled, { m: { m: handle } }).exports;
  // The module above exports exactly this function.
  return { memory: new Uint8Array(handle.buffer), handle, dots: dots as VectorKernel['dots'] };
}

function engine(): Wasm | undefined {
  // Every engine this runs in has it; an engine without would be told apart here.
  return (globalThis as unknown as { WebAssembly?: Wasm }).WebAssembly;
}
