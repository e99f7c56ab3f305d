import { type PackedStrings, stringAt } from './packed-strings.ts';

/** Finds the position of an id among packed ones: open addressing, 6 to 8 bytes an entry, a tenth of a Map of strings. */
export interface IdTable {
  /** Position + 1 by slot; 0 is free. */
  slots: Uint16Array;
  hashes: Uint32Array;
}

/** Of at most 65,535 ids. */
export function buildIdTable(ids: PackedStrings): IdTable {
  const count = ids.starts.length - 1;
  let size = 16;
  while (size < count * 1.4) size *= 2;
  const table = { slots: new Uint16Array(size), hashes: new Uint32Array(count) };
  for (let at = 0; at < count; at += 1) {
    const hash = hashId(stringAt(ids, at) ?? '');
    table.hashes[at] = hash;
    let slot = hash & (size - 1);
    while (table.slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    table.slots[slot] = at + 1;
  }
  return table;
}

/** Position of the id; -1 when absent. The hash may be given when the same id is looked for in many tables. */
export function findId(table: IdTable, ids: PackedStrings, id: string, hash = hashId(id)): number {
  const mask = table.slots.length - 1;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const at = (table.slots[slot] ?? 0) - 1;
    if (at < 0) return -1;
    if (table.hashes[at] === hash && stringAt(ids, at) === id) return at;
  }
}

/** FNV-1a, 32 bits. */
export function hashId(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}
