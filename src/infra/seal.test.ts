import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seal, unseal } from './seal.ts';

const context = { secret: 'an install secret', label: 'connections', owner: 'ws_1:youtube' };

it('gives back what was sealed, and shows nothing of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 8 }), (text) => {
      const sealed = seal(context, text);
      expect(unseal(context, sealed)).toBe(text);
      expect(sealed.includes(Buffer.from(text))).toBe(false);
      expect(seal(context, text).equals(sealed)).toBe(false);
    }),
  );
});

it('opens with no other secret, for no other purpose or owner, and not when a bit is changed', () => {
  const sealed = seal(context, 'AIza');
  for (const other of [{ secret: 'another' }, { label: 'sessions' }, { owner: 'ws_2:youtube' }])
    expect(unseal({ ...context, ...other }, sealed)).toBeNull();
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(unseal(context, changed)).toBeNull();
  }
  expect(unseal(context, Buffer.alloc(5))).toBeNull();
});
