// JavaScript compares text by UTF-16 unit, PostgreSQL's "C" collation by code point. They differ only where U+E000 to U+FFFF meets a
// character above U+FFFF. With U+10FFFF, which stands in no text, before the former, the database orders as the index in memory does.
const mark = '\u{10ffff}';

/** The text in a form whose order by code point is the order of the text itself in JavaScript. Characters no database takes are left out. */
export function orderKey(text: string): string {
  return storable(text).replace(/[\ue000-\uffff]/g, (character) => mark + character);
}

/** The text an order key was made of. */
export function readOrderKey(key: string): string {
  return key.replaceAll(mark, '');
}

/** Without what PostgreSQL refuses in text: U+0000 and halves of characters. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** Whether the database can hold this very text; what it cannot, no creator has. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
