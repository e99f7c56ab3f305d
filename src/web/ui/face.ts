/** What an invented face is drawn with. Pictures, not interface: their colours are the same in both themes. */
export interface Face {
  ground: string;
  skin: string;
  hair: string;
  clothes: string;
  style: 'short' | 'long' | 'bun' | 'curls' | 'scarf' | 'cap' | 'bob' | 'beard';
}

const grounds = [
  '#ead9c3',
  '#e7d3d3',
  '#d8dfcb',
  '#d5d9e6',
  '#cde0d8',
  '#efe0c8',
  '#d6dfe4',
  '#e3dbe8',
  '#cfdde3',
  '#d3e0cd',
];
const skins = ['#f2cdb0', '#efc3a2', '#eabf9f', '#d9a27c', '#c98f66', '#a8714b', '#8f5a3c', '#7a4a31'];
const hairs = ['#7a4527', '#3a241c', '#1e1512', '#b07a3f', '#c8943f', '#93452c', '#2a1d18', '#6b6660'];
const clothes = [
  '#2f6b66',
  '#6a4f7d',
  '#d9b36a',
  '#3c4d66',
  '#e1d6c4',
  '#c46a4a',
  '#7c8f5a',
  '#7a5b3f',
  '#c7793a',
  '#49646f',
];
const styles = ['short', 'long', 'bun', 'curls', 'scarf', 'cap', 'bob', 'beard', 'long', 'short', 'bob'] as const;

/** FNV-1a, 32 bit: spreads ids that differ in one letter. */
export function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193) >>> 0;
  }
  // Murmur's finish: without it the last letters would only reach the low bits.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
  return (hash ^ (hash >>> 16)) >>> 0;
}

function pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[], hash: number, fallback: Item): Item {
  return items[hash % items.length] ?? fallback;
}

/** The same id gives the same face on every machine. */
export function faceOf(id: string): Face {
  const hash = hashOf(id);
  return {
    ground: pick(grounds, hash, '#ead9c3'),
    skin: pick(skins, hash >>> 5, '#efc3a2'),
    hair: pick(hairs, hash >>> 9, '#7a4527'),
    clothes: pick(clothes, hash >>> 14, '#2f6b66'),
    style: pick(styles, hash >>> 19, 'short'),
  };
}
