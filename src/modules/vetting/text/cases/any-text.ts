import fc from 'fast-check';

/** Any text, of any code points, half of a pair among them. */
export const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x10ffff }), fc.integer({ min: 0x20, max: 0x2ff })), { maxLength: 200 })
  .map((points) => String.fromCodePoint(...points));
