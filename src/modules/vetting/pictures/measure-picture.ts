export interface PictureMeasure {
  width: number;
  height: number;
  /** Variance of the Laplacian at 256 pixels a side: small is blurred (Pech-Pacheco 2000). */
  sharpness: number;
  /** 0 to 1. */
  brightness: number;
  /** 64 bits: whether each of 8 x 8 cells is brighter than its neighbour on the right (difference hash, Krawetz 2013). */
  print: bigint;
}

const side = 256;
const cells = 8;

/** Measures a picture; the same bytes give the same numbers. Throws when it cannot be read. */
export async function measurePicture(bytes: Buffer): Promise<PictureMeasure> {
  // Loaded with the first picture.
  const { default: sharp } = await import('sharp');
  const { width, height } = await sharp(bytes).metadata();
  const grey = await sharp(bytes).resize(side, side, { fit: 'fill' }).greyscale().raw().toBuffer();
  const small = await sharp(bytes)
    .resize(cells + 1, cells, { fit: 'fill' })
    .greyscale()
    .raw()
    .toBuffer();
  return { width, height, ...laplacianOf(grey), print: printOf(small) };
}

function laplacianOf(grey: Buffer): { sharpness: number; brightness: number } {
  let [sum, squares, total] = [0, 0, 0];
  for (const value of grey) total += value;
  const at = (x: number, y: number) => grey[y * side + x] ?? 0;
  for (let y = 1; y < side - 1; y += 1)
    for (let x = 1; x < side - 1; x += 1) {
      const value = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
      sum += value;
      squares += value * value;
    }
  const n = (side - 2) ** 2;
  return { sharpness: squares / n - (sum / n) ** 2, brightness: total / grey.length / 255 };
}

function printOf(small: Buffer): bigint {
  let print = 0n;
  for (let y = 0; y < cells; y += 1)
    for (let x = 0; x < cells; x += 1) {
      const row = y * (cells + 1);
      print = (print << 1n) | ((small[row + x] ?? 0) > (small[row + x + 1] ?? 0) ? 1n : 0n);
    }
  return BigInt.asIntN(64, print);
}

/** The four quarters of a print, each marked with its place: prints within three bits of each other share at least one. */
export function bandsOf(print: bigint): number[] {
  return [0, 1, 2, 3].map((band) => band * 65_536 + Number(BigInt.asUintN(16, print >> BigInt(16 * band))));
}

/** How many bits differ. */
export function bitsBetween(a: bigint, b: bigint): number {
  let rest = BigInt.asUintN(64, a ^ b);
  let bits = 0;
  for (; rest > 0n; rest &= rest - 1n) bits += 1;
  return bits;
}

/** Whether a print says anything: a flat picture has none or all bits set, and would be like every other flat one. */
export function isTelling(print: bigint): boolean {
  const bits = bitsBetween(print, 0n);
  return bits >= 8 && bits <= 56;
}
