/** What a snapshot can hold: plain values, maps by text, and columns of numbers. Instances of classes are refused. */
export type SavedValue =
  | null
  | boolean
  | number
  | string
  | Column
  | readonly SavedValue[]
  | ReadonlyMap<string, SavedValue>
  | { readonly [key: string]: SavedValue };

export type Column =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

type ColumnType =
  | 'Int8Array'
  | 'Uint8Array'
  | 'Int16Array'
  | 'Uint16Array'
  | 'Int32Array'
  | 'Uint32Array'
  | 'Float32Array'
  | 'Float64Array';

const columnTypes: Record<ColumnType, new (buffer: ArrayBufferLike) => Column> = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
};

/** Bytes that go to the file as they are: a column, or texts that are packed when their turn comes. */
export type Section = { kind: 'column'; column: Column } | { kind: 'texts'; texts: readonly string[] };

/** Lists of texts from this length on are packed; shorter ones stay in the outline. */
const packedFrom = 16;
const mark = '$';

/** Splits a value into an outline that is small as JSON, and the sections it refers to by number. */
export function splitTree(value: SavedValue): { outline: unknown; sections: Section[] } {
  const sections: Section[] = [];
  const keep = (section: Section): number => sections.push(section) - 1;
  const split = (one: SavedValue): unknown => {
    if (one === null || typeof one === 'boolean' || typeof one === 'string') return one;
    if (typeof one === 'number') return Number.isFinite(one) ? one : { [mark]: 'number', value: String(one) };
    if (ArrayBuffer.isView(one)) return { [mark]: typeOf(one), section: keep({ kind: 'column', column: one }) };
    if (isList(one)) {
      if (one.length >= packedFrom && one.every((text) => typeof text === 'string'))
        return { [mark]: 'texts', section: keep({ kind: 'texts', texts: one }), count: one.length };
      return one.map(split);
    }
    if (one instanceof Map) return { [mark]: 'map', entries: [...one].map(([key, inner]) => [key, split(inner)]) };
    if (Object.getPrototypeOf(one) !== Object.prototype)
      throw new TypeError(`A snapshot holds no ${one.constructor.name}.`);
    return Object.fromEntries(
      Object.entries(one).map(([key, inner]) => {
        if (key === mark) throw new TypeError(`A snapshot holds no key ${mark}.`);
        return [key, split(inner)];
      }),
    );
  };
  return { outline: split(value), sections };
}

/** Puts together what `splitTree` split; `bytesOf` gives a section's bytes, in a buffer of their own. Throws on anything else. */
export function joinTree(outline: unknown, bytesOf: (section: number) => ArrayBufferLike): SavedValue {
  const join = (one: unknown): SavedValue => {
    if (one === null || typeof one === 'boolean' || typeof one === 'string' || typeof one === 'number') return one;
    if (Array.isArray(one)) return one.map(join);
    if (typeof one !== 'object') throw new TypeError('The outline of the snapshot cannot be read.');
    const node = one as Record<string, unknown>;
    const kind = node[mark];
    if (kind === undefined)
      return Object.fromEntries(Object.entries(node).map(([key, inner]): [string, SavedValue] => [key, join(inner)]));
    if (kind === 'number') return Number(node.value);
    if (kind === 'map') return new Map((node.entries as [string, unknown][]).map(([key, inner]) => [key, join(inner)]));
    if (kind === 'texts') return unpackTexts(bytesOf(Number(node.section)), Number(node.count));
    if (isColumnType(kind)) return new columnTypes[kind](bytesOf(Number(node.section)));
    throw new TypeError(`The snapshot holds a ${String(kind)}, which is not known here.`);
  };
  return join(outline);
}

const decoder = new TextDecoder();
const headBytes = 4;

/** Texts as lengths in UTF-8 followed by their bytes. `from` and `to` bound a slice, so that a long list is packed in steps. */
export function packTexts(texts: readonly string[], from: number, to: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = from; at < to; at += 1) {
    const text = Buffer.from(texts[at] ?? '', 'utf8');
    const head = Buffer.alloc(headBytes);
    head.writeUInt32LE(text.length);
    parts.push(head, text);
  }
  return Buffer.concat(parts);
}

function unpackTexts(buffer: ArrayBufferLike, count: number): string[] {
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  const texts: string[] = [];
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    const length = view.getUint32(at, true);
    at += headBytes;
    texts.push(decoder.decode(bytes.subarray(at, at + length)));
    at += length;
  }
  return texts;
}

function isList(value: SavedValue): value is readonly SavedValue[] {
  return Array.isArray(value);
}

function isColumnType(kind: unknown): kind is ColumnType {
  return typeof kind === 'string' && kind in columnTypes;
}

function typeOf(column: ArrayBufferView): ColumnType {
  const name = column.constructor.name;
  if (isColumnType(name)) return name;
  throw new TypeError(`A snapshot holds no ${name}.`);
}
