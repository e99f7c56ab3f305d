import { constants, inflateSync } from 'node:zlib';

export interface PdfText {
  /** Objects as they stand, with their streams opened. */
  objects: string;
  /** Text of all pages in the order it is drawn, by each font's own map from glyphs to letters. */
  words: string;
}

/** Reads a PDF as our typesetter writes it (plain objects, deflated streams, two-byte glyphs with a ToUnicode map). */
export function readPdf(pdf: Uint8Array): PdfText {
  const raw = Buffer.from(pdf).toString('latin1');
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\s([\s\S]*?)\nendobj/g)) objects.set(id, body);
  const opened = [...objects.values()].map(openStream);
  const words = [...objects.values()]
    .filter((body) => /\/Type \/Page\s/.test(body))
    .map((page) => {
      const content = /\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '';
      return drawnText(openStream(objects.get(content) ?? ''), fontsOf(page, objects));
    });
  return { objects: [raw, ...opened].join('\n'), words: words.join(' ').replace(/\s+/g, ' ') };
}

function fontsOf(page: string, objects: Map<string, string>): Map<string, Map<string, string>> {
  const fonts = new Map<string, Map<string, string>>();
  const resources = /\/Resources (\d+) 0 R/.exec(page)?.[1];
  const list = resources === undefined ? page : (objects.get(resources) ?? '');
  for (const [, name = '', id = ''] of list.matchAll(/\/(f\d+) (\d+) 0 R/g)) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
    if (map !== undefined) fonts.set(name, lettersOf(openStream(objects.get(map) ?? '')));
  }
  return fonts;
}

function openStream(body: string): string {
  const match = /stream\r?\n([\s\S]*?)\r?\nendstream/.exec(body);
  if (match === null) return body;
  try {
    // Its last byte may be a return, which the pattern takes for a part of the line's end.
    const packed = Buffer.from(match[1] ?? '', 'latin1');
    return inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1');
  } catch {
    return match[1] ?? '';
  }
}

function lettersOf(map: string): Map<string, string> {
  const letters = new Map<string, string>();
  for (const [, glyph = '', letter = ''] of map.matchAll(/<([0-9a-f]{4})>\s*<([0-9a-f]+)>/gi)) {
    letters.set(glyph.toLowerCase(), Buffer.from(letter, 'hex').swap16().toString('utf16le'));
  }
  return letters;
}

function drawnText(content: string, fonts: Map<string, Map<string, string>>): string {
  let letters = new Map<string, string>();
  let text = '';
  // Brackets that pair may stand in a literal as they are.
  const tokens =
    /\/(f\d+) [\d.]+ Tf|\/ActualText <([0-9A-Fa-f]*)>|\(((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*)\)|(ET)/g;
  for (const [, font, , literal, end] of content.matchAll(tokens)) {
    if (font !== undefined) letters = fonts.get(font) ?? new Map();
    if (end !== undefined) text += ' ';
    if (literal === undefined) continue;
    const glyphs = Buffer.from(unescapeLiteral(literal), 'latin1').toString('hex').match(/.{4}/g) ?? [];
    text += glyphs.map((glyph) => letters.get(glyph) ?? '').join('');
  }
  return text;
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescapeLiteral(literal: string): string {
  return literal.replace(/\\(\d{1,3}|[\s\S])/g, (_, code: string) =>
    /^\d/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
  );
}
