import type { MailingRun, Message, OutreachStats } from '#modules/outreach/api.ts';
import type { Tone } from '#web/ui/tag.tsx';

export const runWords: Record<MailingRun['state'], { word: string; tone: Tone }> = {
  waiting: { word: 'waits', tone: 'plain' },
  sending: { word: 'on its way', tone: 'accent' },
  done: { word: 'all sent', tone: 'plain' },
  stopped: { word: 'stopped', tone: 'plain' },
  failed: { word: 'not sent', tone: 'bad' },
  replied: { word: 'answered', tone: 'good' },
  bounced: { word: 'came back', tone: 'bad' },
  unsubscribed: { word: 'unsubscribed', tone: 'warn' },
};

export const messageWords: Record<Message['state'], { word: string; tone: Tone } | null> = {
  received: null,
  noted: null,
  sent: null,
  draft: { word: 'draft', tone: 'accent' },
  queued: { word: 'on its way', tone: 'accent' },
  failed: { word: 'not sent', tone: 'bad' },
  refused: { word: 'held back', tone: 'warn' },
  off: { word: 'not sent: no mailbox', tone: 'bad' },
  bounced: { word: 'came back', tone: 'bad' },
  discarded: { word: 'thrown away', tone: 'plain' },
};

export const channelWords: Record<Message['channel'], string> = {
  email: 'E-mail',
  dm: 'Direct message',
  phone: 'Call',
  meeting: 'Meeting',
  other: 'Other',
};

export const outcomeWords: Record<string, string> = {
  reached: 'Reached',
  no_answer: 'No answer',
  interested: 'Interested',
  declined: 'Declined',
  call_back: 'Call back',
  other: 'Other',
};

type Rate = OutreachStats['replied'];

/** "3 of 12 (25 %)"; below ten creators the counts alone. */
export function rateText(rate: Rate): string {
  const counts = `${rate.count} of ${rate.n}`;
  return rate.share === null ? counts : `${counts} (${Math.round(rate.share * 100)} %)`;
}
