import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseOfHandle, groupHandles } from './brand-names.ts';

describe('accounts of one brand', () => {
  it.each([
    ['kettlemoth.de', 'kettlemoth'],
    ['Kettlemoth_Official', 'kettlemoth'],
    ['kettlemoth.uk', 'kettlemoth'],
    ['the_kettlemoth', 'kettlemoth'],
    ['kettle.moth', 'kettlemoth'],
    ['us', 'us'],
    ['de.uk', 'de.uk'],
    ['looksofuk', 'looksofuk'],
  ])('takes %s for %s', (handle, brand) => {
    expect(baseOfHandle(handle)).toBe(brand);
  });

  it('drops a joined country only where the brand itself is among them', () => {
    expect(groupHandles(['kettlemothuk', 'kettlemoth']).get('kettlemothuk')).toBe('kettlemoth');
    expect(groupHandles(['kettlemothuk', 'oatwhistle']).get('kettlemothuk')).toBe('kettlemothuk');
  });

  it('groups alike whatever the order, and gives every handle a brand', () => {
    const handle = fc.stringMatching(/^[a-z0-9._]{1,20}$/);
    fc.assert(
      fc.property(fc.uniqueArray(handle, { maxLength: 12 }), (handles) => {
        const groups = groupHandles(handles);
        expect([...groups.keys()].sort()).toEqual([...handles].sort());
        const turned = groupHandles(handles.toReversed());
        for (const one of handles) expect(turned.get(one)).toBe(groups.get(one));
      }),
    );
  });
});
