import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PostbackField, postbackFields } from '../api.ts';
import { faultOfPostback, fillPostback } from './postback.ts';
import { judgeStatus, nextTry, retryWaitsSeconds, triesMax } from './retries.ts';

const at = new Date('2026-05-04T08:00:00Z');

describe('when a message is tried again', () => {
  test('the waits grow, and the last try comes 24 hours after the first', () => {
    let now = at;
    for (let tries = 1; tries < triesMax; tries += 1) now = nextTry(tries, now) ?? now;
    expect(now.getTime() - at.getTime()).toBe(24 * 3_600_000);
    expect(nextTry(triesMax, now)).toBeNull();
    expect([...retryWaitsSeconds].toSorted((a, b) => a - b)).toEqual([...retryWaitsSeconds]);
  });

  test('a receiver that asks for longer is waited for, up to a day; for shorter, or in words nobody knows, it is not', () => {
    const waited = (retryAfter: string) => ((nextTry(1, at, retryAfter)?.getTime() ?? 0) - at.getTime()) / 1000;
    expect(waited('120')).toBe(120);
    expect(waited('Mon, 04 May 2026 08:10:00 GMT')).toBe(600);
    expect(waited('99999999')).toBe(86_400);
    expect(['0', '-5', 'soon', '', 'Mon, 04 May 2020 08:10:00 GMT'].map(waited)).toEqual([5, 5, 5, 5, 5]);
  });

  test('only 2xx is delivered, only 410 is final', () => {
    expect([200, 204, 299].map(judgeStatus)).toEqual(['delivered', 'delivered', 'delivered']);
    expect([199, 301, 304, 400, 404, 409, 429, 500, 503].map(judgeStatus)).toEqual(Array(9).fill('again'));
    expect(judgeStatus(410)).toBe('gone');
  });
});

describe('the address of a postback', () => {
  test('names order_id, only known placeholders, and none in the scheme or host', () => {
    expect(faultOfPostback('https://p.example/?t={order_id}&v={amount}')).toBeNull();
    expect(faultOfPostback('https://p.example/orders/{order_id}')).toBeNull();
    expect(faultOfPostback('https://p.example/?v={amount}')).toMatch(/order_id/);
    expect(faultOfPostback('https://p.example/?t={order_id}&e={email}')).toMatch(/\{email\}/);
    expect(faultOfPostback('https://{creator}.example/{order_id}')).toMatch(/behind the host/);
    expect(faultOfPostback('https://p.example{order_id}/x')).toMatch(/behind the host/);
    expect(faultOfPostback('ftp://p.example/{order_id}')).toMatch(/behind the host/);
  });

  test('stays on its host and gives every value back, whatever the values hold', () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant(null), fc.constant('@evil.example/{order_id}'));
    const values = fc.record(Object.fromEntries(postbackFields.map((field) => [field, value])));
    fc.assert(
      fc.property(values, (some) => {
        const filled = some as Record<PostbackField, string | null>;
        const target = `https://p.example/in?${postbackFields.map((field) => `${field}={${field}}`).join('&')}`;
        const url = new URL(fillPostback(target, filled));
        expect(url.host).toBe('p.example');
        for (const field of postbackFields) expect(url.searchParams.get(field)).toBe(filled[field] ?? '');
      }),
    );
  });
});
