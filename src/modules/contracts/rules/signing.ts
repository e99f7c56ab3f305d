/** The words a signer agrees to. They are kept with the signature. */
export function consentText(of: { title: string; version: number; hash: string; brandName: string }): string {
  return `I have read the document “${of.title}”, version ${of.version}, whose SHA-256 is ${of.hash}. I agree to sign it electronically, I am the person named, and I am entitled to sign. I know that my name, the time, my network address and the name of my browser are kept as evidence, shared between ${of.brandName} and the creator.`;
}

const pointsMax = 4000;
const side = 1000;

export type Strokes = [number, number][][];

/** Strokes of a drawn name, as whole numbers between 0 and 1000; null when nothing was drawn that could be seen. */
export function cleanStrokes(strokes: readonly (readonly (readonly [number, number])[])[]): Strokes | null {
  let left = pointsMax;
  const clean: Strokes = [];
  for (const stroke of strokes) {
    const points = stroke.slice(0, left).map(([x, y]): [number, number] => [within(x), within(y)]);
    left -= points.length;
    if (points.length > 1) clean.push(points);
  }
  const all = clean.flat();
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  const reach = Math.max(...xs) - Math.min(...xs) + Math.max(...ys) - Math.min(...ys);
  return all.length >= 3 && reach >= 40 ? clean : null;
}

function within(value: number): number {
  return Math.min(side, Math.max(0, Math.round(value)));
}

/**
 * A name fit for a document and a mail's header: one line, no control characters, no direction marks, composed (NFC).
 * Null when no two letters are left.
 */
export function cleanName(name: string): string | null {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const short = Array.from(plain).slice(0, 120).join('');
  return (short.match(/\p{L}/gu) ?? []).length >= 2 && short.length <= 120 ? short : null;
}
