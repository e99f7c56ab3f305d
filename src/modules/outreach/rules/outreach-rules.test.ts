import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayIn } from '#kernel/time.ts';
import { mergeFields } from '../api.ts';
import { allowedNow, limitOfDay } from './daily-limit.ts';
import { firstNameOf } from './first-name.ts';
import { choosePost } from './propose-draft.ts';
import { afterEvent, hasEnded, type Run, type RunEvent } from './run-state.ts';
import { dueAfter, instantOf, nextSendingMoment } from './sending-hours.ts';
import { splitQuoted } from './split-quoted.ts';
import { asksToStop, type MailSigns, tellMail } from './tell-mail.ts';
import { readTemplate, renderTemplate, titleOfTemplate } from './template.ts';

const zones = ['UTC', 'Europe/Dublin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'];
const zone = fc.constantFrom(...zones);
const instant = fc.date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true });
const hoursOf = (timeZone: string) => ({ timeZone, weekdays: [1, 2, 3, 4, 5], opensMinute: 540, closesMinute: 1080 });

/** Minutes since midnight that a clock on the wall shows. */
function wallMinute(timeZone: string, at: Date): number {
  const [hour, minute] = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(at)
    .split(':')
    .map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}

describe('sending hours', () => {
  test('a mail goes out on a working day between opening and closing by the wall clock, over every change of the clock', () => {
    fc.assert(
      fc.property(zone, instant, (timeZone, at) => {
        const moment = nextSendingMoment(at, hoursOf(timeZone));
        if (moment === null) throw new Error('No day is open');
        expect(moment.getTime()).toBeGreaterThanOrEqual(at.getTime());
        const minute = wallMinute(timeZone, moment);
        expect(minute).toBeGreaterThanOrEqual(540);
        expect(minute).toBeLessThan(1080);
        expect([0, 6]).not.toContain(new Date(`${dayIn(timeZone, moment)}T00:00:00Z`).getUTCDay());
      }),
      { numRuns: 120 },
    );
  });

  test('a step comes at the same time of day, so many sending days later', () => {
    const dublin = hoursOf('Europe/Dublin');
    // Friday before the clocks go forward, and back.
    expect(dueAfter(new Date('2026-03-27T10:30:00Z'), 1, dublin)?.toISOString()).toBe('2026-03-30T09:30:00.000Z');
    expect(dueAfter(new Date('2026-10-23T09:30:00Z'), 1, dublin)?.toISOString()).toBe('2026-10-26T10:30:00.000Z');
    expect(dueAfter(new Date('2026-01-30T10:00:00Z'), 2, dublin)?.toISOString()).toBe('2026-02-03T10:00:00.000Z');
  });

  test('a minute the clock skips lies behind the jump, one that comes twice is the first', () => {
    expect(instantOf('Europe/Berlin', '2026-03-29', 150).toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(instantOf('Europe/Berlin', '2026-10-25', 150).toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  test('no day chosen means never', () => {
    expect(nextSendingMoment(new Date(), { ...hoursOf('UTC'), weekdays: [] })).toBeNull();
  });
});

test('the ramp never passes the limit, and a day leaves what was not sent', () => {
  const ramp = { dailyLimit: 50, rampStart: 10, rampStep: 5, rampFrom: '2026-05-04' };
  expect(['2026-05-01', '2026-05-04', '2026-05-06', '2026-06-30'].map((day) => limitOfDay(ramp, day))).toEqual([
    10, 10, 20, 50,
  ]);
  const use = { day: '2026-05-04', sentToday: 7, gapSeconds: 0, sinceLastMs: null };
  expect(allowedNow(ramp, use)).toBe(3);
  expect(allowedNow(ramp, { ...use, sentToday: 99 })).toBe(0);
  expect(allowedNow(ramp, { ...use, gapSeconds: 30, sinceLastMs: 29_000 })).toBe(0);
  expect(allowedNow(ramp, { ...use, gapSeconds: 30, sinceLastMs: 30_000 })).toBe(2);
});

describe('templates', () => {
  test('a field that is not known keeps the mail from being written, unless it has a fallback', () => {
    const { parts, faults } = readTemplate('Hi {{first_name}}, {{ city | your town }}!');
    expect(faults).toEqual([]);
    expect(renderTemplate(parts, { first_name: 'Nell', city: null })).toEqual({
      text: 'Hi Nell, your town!',
      missing: [],
    });
    expect(renderTemplate(parts, { first_name: ' ', city: 'Cork' })).toEqual({ text: null, missing: ['first_name'] });
  });

  test('unknown fields, open braces and empty fallbacks are told with their place', () => {
    const faults = (text: string) => readTemplate(text).faults.map((fault) => fault.at);
    expect(faults('Hi {{firstname}}')).toEqual([3]);
    expect(faults('Hi {{first_name')).toEqual([3]);
    expect(faults('Hi {{first_name|}}')).toEqual([3]);
    expect(faults('{ braces } are words')).toEqual([]);
  });

  test('a value is words: it opens no field and ends no line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom(...mergeFields), (value, field) => {
        const { text } = renderTemplate(readTemplate(`a {{${field}|x}} b`).parts, {
          [field]: `${value}{{name}}\r\nBcc: x`,
        });
        expect(text).toContain('{{name}} Bcc: x b');
        expect(text).not.toMatch(/[\r\n\u2028\u2029]/);
      }),
    );
  });

  test('a first name is taken only from what looks like a person', () => {
    const cases: [string | null, string | null][] = [
      ['Nell Quinn', 'Nell'],
      ['Zoë', 'Zoë'],
      ['MARIA LOPEZ', 'Maria'],
      ['田中 さくら', '田中'],
      ['The Bread Lab', null],
      ['breadlab', null],
      ['BREADLAB', null],
      ['@nell', null],
      ['N', null],
      ['Nell & Tom bake every single day', null],
      ['', null],
      [null, null],
    ];
    for (const [name, first] of cases) expect([name, firstNameOf(name)]).toEqual([name, first]);
  });
});

describe('runs', () => {
  const event = fc.oneof(
    fc.constant<RunEvent>({ kind: 'replied' }),
    fc.constant<RunEvent>({ kind: 'bounced', why: 'No such user' }),
    fc.constant<RunEvent>({ kind: 'unsubscribed' }),
    fc.constant<RunEvent>({ kind: 'sent', step: 0, isLast: false }),
    fc.constant<RunEvent>({ kind: 'failed', why: 'gave up' }),
    fc.constant<RunEvent>({ kind: 'stopped', why: 'left' }),
  );
  const begin: Run = {
    state: 'sending',
    step: 0,
    hasReplied: false,
    hasBounced: false,
    hasUnsubscribed: false,
    why: null,
  };
  const play = (events: readonly RunEvent[]) => events.reduce(afterEvent, begin);

  test('replies, bounces and sends end in the same state whatever their order and however often they are told', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (events, keys) => {
        const shuffled = events
          .map((one) => ({ one, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(play([...shuffled, ...events])).toEqual(play(events));
      }),
      { numRuns: 500 },
    );
  });

  test('nothing wakes a run that ended', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), (events) => {
        let run = begin;
        for (const one of events) {
          const ended = hasEnded(run.state);
          run = afterEvent(run, one);
          if (ended) expect(hasEnded(run.state)).toBe(true);
        }
        expect(hasEnded(run.state)).toBe(events.some((one) => one.kind !== 'sent'));
      }),
    );
  });
});

describe('what an incoming mail is', () => {
  const plain: MailSigns = {
    from: 'nell@creator.example',
    subject: 'Re: Hi',
    headers: {},
    text: 'Sounds good',
    deliveryStatus: null,
    returnedHeaders: null,
  };
  const away = (of: Partial<MailSigns>) => tellMail({ ...plain, ...of }).kind;

  test('a report of RFC 3464 is a bounce, with status, address and the mail that came back', () => {
    const told = tellMail({
      ...plain,
      from: 'mailer-daemon@mx.example',
      headers: { 'content-type': 'multipart/report; report-type=delivery-status; boundary=x' },
      deliveryStatus:
        'Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; Nell@Creator.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n <nell@creator.example>: no such user\r\n',
      returnedHeaders: 'Subject: Hi\r\nMessage-ID: <mail_1@brand.example>\r\n',
    });
    expect(told).toEqual({
      kind: 'bounce',
      action: 'failed',
      status: '5.1.1',
      recipient: 'nell@creator.example',
      reason: '550 5.1.1 <nell@creator.example>: no such user',
      originalMessageId: '<mail_1@brand.example>',
    });
  });

  test('a delay is no failure, and a report of delivery no bounce', () => {
    const report = (action: string, status: string) =>
      tellMail({ ...plain, deliveryStatus: `Action: ${action}\nStatus: ${status}\n` });
    expect(report('delayed', '4.4.1')).toMatchObject({ kind: 'bounce', action: 'delayed' });
    expect(report('delivered', '2.0.0')).toMatchObject({ kind: 'auto_reply' });
  });

  test('programs that are away are told by RFC 3834, by older headers and by what they write', () => {
    expect(away({ headers: { 'auto-submitted': 'auto-replied' } })).toBe('auto_reply');
    expect(away({ headers: { 'auto-submitted': 'no' } })).toBe('message');
    expect(away({ headers: { 'x-autoreply': 'yes' } })).toBe('auto_reply');
    expect(away({ headers: { precedence: 'auto_reply' } })).toBe('auto_reply');
    for (const subject of [
      'Out of office: Hi',
      'Automatic reply: Hi',
      'Automatische Antwort: Hi',
      'Réponse automatique : Hi',
      'Re: Abwesenheitsnotiz',
    ])
      expect([subject, away({ subject })]).toEqual([subject, 'auto_reply']);
    for (const subject of ['Re: out of ideas', 'My office is out of town', 'Re: Automatic watch review'])
      expect([subject, away({ subject })]).toEqual([subject, 'message']);
  });

  test('only a first line that asks for nothing else is taken as "stop"', () => {
    for (const text of [
      'STOP',
      'Unsubscribe.',
      'please remove me from your list',
      'Bitte abmelden!',
      'Opt-out\n\n> Hi Nell',
    ])
      expect([text, asksToStop(text)]).toEqual([text, true]);
    for (const text of ['Please stop by our studio', 'I will unsubscribe from my gym and join', 'No', '> STOP', ''])
      expect([text, asksToStop(text)]).toEqual([text, false]);
  });

  test('what is quoted is parted from what was written, and nothing is lost', () => {
    const body =
      'Yes, gladly.\n\nOn Mon, 4 May 2026 at 10:00, Team <team@brand.example>\nwrote:\n> Hi Nell\n> Would you';
    expect(splitQuoted(body)).toEqual({ fresh: 'Yes, gladly.', quoted: body.slice(14) });
    fc.assert(
      fc.property(fc.array(fc.constantFrom('> a', 'b', '', 'On 1 May Tom wrote:', '-- ')), (lines) => {
        const { fresh, quoted } = splitQuoted(lines.join('\n'));
        const kept = [fresh, quoted]
          .join('\n')
          .split('\n')
          .filter((line) => line.trim() !== '');
        expect(kept).toEqual(lines.filter((line) => line.trim() !== ''));
      }),
    );
  });
});

describe('what a draft speaks of', () => {
  const now = new Date('2026-05-04T10:00:00Z');
  const post = (of: object) => ({
    id: 'a',
    url: null,
    postedAt: '2026-05-01T10:00:00Z',
    format: 'reel',
    caption: 'Sourdough starters need patience',
    isPaidLabel: false,
    ...of,
  });

  test('never a paid post, an old one, one without words or one of tomorrow', () => {
    for (const bad of [
      { isPaidLabel: true },
      { caption: 'My favourite oats today #ad' },
      { postedAt: '2025-05-01T10:00:00Z' },
      { postedAt: null },
      { postedAt: '2026-06-01T10:00:00Z' },
      { caption: '🔥🔥 #bread' },
      { caption: null },
    ])
      expect([bad, choosePost([post(bad)], 'bread', now)]).toEqual([bad, null]);
  });

  test('the post that shares most words with the brand, and says which', () => {
    const chosen = choosePost(
      [post({ id: 'a', caption: 'A long walk in the rain' }), post({ id: 'b', postedAt: '2026-03-01T10:00:00Z' })],
      'We sell sourdough starters',
      now,
    );
    expect(chosen?.post.id).toBe('b');
    expect(chosen?.shared).toEqual(['sourdough', 'starters']);
  });
});

test('a mailing is named after its subject without the signs of fields', () => {
  expect(titleOfTemplate('Bread, {{first_name}}?')).toBe('Bread, …?');
  expect(titleOfTemplate('Hello {{first_name|there}}')).toBe('Hello there');
  expect(titleOfTemplate('Plain words')).toBe('Plain words');
});
