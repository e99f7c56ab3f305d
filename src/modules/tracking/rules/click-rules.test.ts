import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '#infra/fetch/check-address.ts';
import { decodeClick, encodeClick } from '../click-log/click-record.ts';
import { createVelocityLimit } from '../limit-velocity.ts';
import { readKnock } from '../plain-door.ts';
import { textArray } from '../queries/array-text.ts';
import { createHasteWatch } from '../watch-haste.ts';
import { channelOf, channels } from './channel.ts';
import { isDatacentreAddress } from './datacentres.ts';
import { embeddedIpv4 } from './embedded-ipv4.ts';
import { findSourceByHost } from './find-source.ts';
import { isSpamReferrer } from './is-spam-referrer.ts';
import { judgeAnswer } from './judge-answer.ts';
import { judgeDns } from './judge-dns.ts';
import { judgeHaste } from './judge-haste.ts';
import { pickVariant } from './link-rules.ts';
import { readReferrer } from './read-referrer.ts';

const visit = { source: null, utmSource: null, utmMedium: null, utmCampaign: null, clickIdParam: null };

describe('where a visit came from', () => {
  it('is told by the longest name that fits, in any country', () => {
    expect(findSourceByHost('www.google.co.uk')?.name).toBe('Google');
    expect(findSourceByHost('mail.google.com')).toEqual({ name: 'Gmail', kind: 'email' });
    expect(findSourceByHost('webmail7.orange.fr')).toEqual({ name: 'Orange Webmail', kind: 'email' });
    expect(findSourceByHost('notgoogle.com')).toBeNull();
    expect(findSourceByHost('google.com.evil.example')).toBeNull();
    expect(readReferrer('https://shop.example/a?q=x', ['shop.example']).medium).toBe('internal');
    expect(readReferrer('not an address')).toEqual({ medium: 'unknown', source: null, term: null });
  });

  it('falls into the first group of GA4 that fits, affiliates where our own links say so', () => {
    expect(channelOf({ ...visit, utmSource: 'blog', utmMedium: 'affiliate' })).toBe('Affiliates');
    expect(channelOf({ ...visit, utmSource: 'instagram', utmMedium: 'affiliate' })).toBe('Organic Social');
    expect(channelOf({ ...visit, source: 'tiktok.com', utmMedium: 'cpc' })).toBe('Paid Social');
    expect(channelOf({ ...visit, source: 'facebook.com', clickIdParam: 'gclid' })).toBe('Organic Social');
    expect(channelOf(visit)).toBe('Direct');
  });

  it('is one of the groups whatever is said', () => {
    const text = fc.option(fc.string(), { nil: null });
    fc.assert(
      fc.property(text, text, text, text, text, (source, utmSource, utmMedium, utmCampaign, clickIdParam) => {
        expect(channels).toContain(channelOf({ source, utmSource, utmMedium, utmCampaign, clickIdParam }));
      }),
    );
  });
});

describe('what does not count', () => {
  it('are data centres, not relays and homes', () => {
    for (const address of ['3.5.140.2', '34.65.0.1', '138.197.9.9', '95.217.255.255'])
      expect(isDatacentreAddress(address)).toBe(true);
    // iCloud Private Relay, Cloudflare's relay, a home, IPv6, and what is no address.
    for (const address of ['172.224.226.1', '104.28.10.1', '86.40.1.1', '2a01:4f8::1', '', '1.2.3', '999.1.1.1'])
      expect(isDatacentreAddress(address)).toBe(false);
  });

  it('is the hit of one public address on one link beyond the limit within a minute; a proxy is nobody', () => {
    const limit = createVelocityLimit(isPublicAddress);
    const hit = (address: string, linkId: string, atMs: number) => limit.isTooFast(address, linkId, { atMs, max: 3 });
    const many = (address: string) => [1, 2, 3, 4, 5].map((at) => hit(address, 'lnk_a', at));
    expect(many('86.40.1.1')).toEqual([false, false, false, true, true]);
    expect(many('127.0.0.1')).toEqual([false, false, false, false, false]);
    expect(hit('86.40.1.1', 'lnk_b', 6)).toBe(false);
    // One household of IPv6.
    expect([1, 2, 3, 4].map((at) => hit(`2a02:8084:1:2::${at}`, 'lnk_c', at))).toEqual([false, false, false, true]);
    expect(hit('86.40.1.1', 'lnk_a', 60_001)).toBe(false);
  });

  it('is looked up by the address of version 4 that one of version 6 carries, and by nothing else', () => {
    expect(embeddedIpv4('2002:5628:101::1')).toBe('86.40.1.1');
    expect(embeddedIpv4('64:ff9b::5628:101')).toBe('86.40.1.1');
    expect(embeddedIpv4('64:FF9B::86.40.1.1')).toBe('86.40.1.1');
    for (const address of ['2a02:8084:1:2::1', '::1', 'fe80::5628:101', '64:ff9b:1::5628:101', '2002', ''])
      expect(embeddedIpv4(address)).toBeNull();
  });

  it('is haste: three links of one visitor within two seconds, the first two told when they are stored together', () => {
    const watch = createHasteWatch(isPublicAddress);
    const open = (linkId: string, atMs: number, address = '86.40.1.1', userAgent = 'a browser') =>
      watch.isHasty({ address, userAgent }, linkId, atMs);
    expect([open('lnk_a', 1900), open('lnk_b', 2100), open('lnk_c', 3000), open('lnk_d', 3100)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    // Again and again the same link, three in three seconds, two browsers, and a proxy behind which all stand.
    expect([10_000, 10_100, 10_200].map((at) => open('lnk_a', at))).toEqual([false, false, false]);
    expect([20_000, 21_500, 23_000].map((at, n) => open(`lnk_${n}`, at))).toEqual([false, false, false]);
    expect([30_000, 30_100, 30_200].map((at, n) => open(`lnk_${n}`, at, '86.40.1.1', `browser ${n % 2}`))).toEqual([
      false,
      false,
      false,
    ]);
    expect([40_000, 40_100, 40_200].map((at, n) => open(`lnk_${n}`, at, '10.0.0.1'))).toEqual([false, false, false]);
    const hit = (visitorHash: string, ms: number, dropReason: string | null) => ({
      workspaceId: 'ws',
      visitorHash,
      clickedAt: new Date(ms),
      dropReason,
    });
    const judged = judgeHaste(
      [
        hit('v', 100, null),
        hit('v', 1000, 'locked'),
        hit('v', 1500, null),
        hit('w', 1500, null),
        hit('v', 2200, 'haste'),
        hit('v', 2300, null),
      ],
      2000,
    );
    expect(judged.map((one) => one.dropReason)).toEqual([null, 'locked', 'haste', null, 'haste', null]);
  });

  it('is a referrer that a name or the list gives away, not a word within another', () => {
    for (const host of ['free-share-buttons.com', 'best-seo-offer.com', '1xbet-entry.ru', 'own.spam.example'])
      expect(isSpamReferrer(host, ['spam.example'])).toBe(true);
    for (const host of ['seoul.go.kr', 'essex.ac.uk', 'notspam.example', 'l.instagram.com', 'sussexwoodworks.co.uk'])
      expect(isSpamReferrer(host, ['spam.example'])).toBe(false);
  });
});

describe('records', () => {
  it('come out of the log as they went in, whatever a header holds', () => {
    const header = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
      maxLength: 300,
    });
    fc.assert(
      fc.property(header, header, fc.boolean(), (userAgent, referrer, isQr) => {
        const click = {
          workspaceId: 'ws_1',
          linkId: 'lnk_1',
          clickId: 'x'.repeat(32),
          atMs: 1,
          dropReason: null,
          visitorHash: 'aaaaaaaaaaaaaaaaaaaaaa',
          country: null,
          userAgent,
          referrer,
          isQr,
          consent: 'unasked' as const,
          route: 'rule 1',
          prefixHash: 'AAAAAAAAAAA',
          adParam: 'gclid',
        };
        expect(decodeClick(encodeClick(click))).toEqual(click);
      }),
    );
  });

  it('written before fields were added are read with those unknown', () => {
    const old = JSON.stringify([
      1,
      'ws_1',
      'lnk_1',
      'x'.repeat(32),
      5,
      'bot',
      'aaaaaaaaaaaaaaaaaaaaaa',
      'IE',
      'ua',
      'ref',
    ]);
    expect(decodeClick(old)).toMatchObject({
      dropReason: 'bot',
      userAgent: 'ua',
      isQr: false,
      consent: 'unasked',
      route: null,
      prefixHash: null,
      adParam: null,
    });
  });

  it('go to the database as array texts with their odd characters kept apart', () => {
    expect(textArray(['a', null, '', 'null', 'a b', 'q"\\', '{}', 'x,y'])).toBe(
      '{a,NULL,"","null","a b","q\\"\\\\","{}","x,y"}',
    );
  });
});

describe('a request read from the socket', () => {
  const read = (text: string) => readKnock(Buffer.from(text, 'latin1'), '1.2.3.4');

  it('is taken only when it is one plain, whole request', () => {
    const knock = read(
      'GET /a?b=c HTTP/1.1\r\nHost: x\r\nUser-Agent:  me \r\nDNT: 1\r\nX-Forwarded-For: 1\r\nX-Forwarded-For: 2\r\n\r\n',
    );
    expect(knock).toMatchObject({
      method: 'GET',
      url: '/a?b=c',
      host: 'x',
      userAgent: 'me',
      asksPrivacy: true,
      forwardedFor: '1,2',
    });
    for (const text of [
      'GET /a HTTP/1.0\r\nHost: x\r\n\r\n',
      'POST /a HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /a HTTP/1.1\r\n\r\n',
      'GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
      'GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n',
      'GET /a HTTP/1.1\r\nHost: x\r\n Folded: y\r\n\r\n',
      'GET /a HTTP/1.1\r\nHost: x\r\nA: b\nC: d\r\n\r\n',
      'GET http://x/a HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /a HTTP/1.1\r\nHost: x\r\n',
    ])
      expect(read(text)).toBeNull();
  });

  it('never throws, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const framed = Buffer.concat([
          Buffer.from('GET /a HTTP/1.1\r\nHost: x\r\nA: '),
          Buffer.from(bytes),
          Buffer.from('\r\n\r\n'),
        ]);
        const knock = readKnock(framed, '');
        if (knock !== null) expect(knock.url).toBe('/a');
      }),
    );
  });
});

describe('verdicts', () => {
  it('give each variant its share over many visitors', () => {
    const counts = [0, 0, 0];
    for (let at = 0; at < 20_000; at += 1) {
      const index = pickVariant([{ weight: 2 }, { weight: 0 }, { weight: 8 }], `visitor ${at}`);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    expect(counts[1]).toBe(0);
    expect((counts[0] ?? 0) / 20_000).toBeGreaterThan(0.18);
    expect((counts[0] ?? 0) / 20_000).toBeLessThan(0.22);
  });

  it('call a destination broken only for what a visitor would meet too', () => {
    const state = (status: number) => judgeAnswer({ kind: 'answered', status }).state;
    expect([200, 301, 403, 429, 503, 404, 410, 500].map(state)).toEqual([
      'ok',
      'ok',
      'unknown',
      'unknown',
      'unknown',
      'broken',
      'broken',
      'broken',
    ]);
  });

  it('take a host as proven by its record alone', () => {
    const wanted = { host: 'go.shop.example', ownHost: 'links.rapport.example', token: 't' };
    expect(judgeDns({ cnames: ['Links.Rapport.example.'], txts: [] }, wanted)).toBeNull();
    expect(judgeDns({ cnames: [], txts: ['t'] }, wanted)).toBeNull();
    expect(judgeDns({ cnames: ['localhost'], txts: [] }, { ...wanted, ownHost: 'localhost' })).not.toBeNull();
    expect(judgeDns({ cnames: ['other.example'], txts: ['x'] }, wanted)).toContain('"x"');
  });
});
