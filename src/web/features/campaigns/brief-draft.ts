import type { Brief, BriefPay } from '#modules/campaigns/api.ts';
import { readAmount, writeAmount } from './words.ts';

export type ListField = 'keyMessages' | 'talkingPoints' | 'dos' | 'donts' | 'captionGuidelines' | 'hashtags';
export type ProseField = 'background' | 'freedom' | 'compensation' | 'usageRights' | 'disclosure';

export interface PayDraft {
  fee: string;
  goods: string;
  /** Percent. */
  commission: string;
  paidAfter: BriefPay['paidAfter'];
  paidWithinDays: string;
}

/** A brief as its form holds it: lists as lines, money as typed. */
export type BriefDraft = Omit<Brief, ListField | 'links' | 'pay'> &
  Record<ListField | 'links', string> & { pay: PayDraft };

export function toDraft(brief: Brief): BriefDraft {
  const { keyMessages, talkingPoints, dos, donts, captionGuidelines, hashtags, links, pay, ...rest } = brief;
  const join = (lines: readonly string[]) => lines.join('\n');
  return {
    ...rest,
    keyMessages: join(keyMessages),
    talkingPoints: join(talkingPoints),
    dos: join(dos),
    donts: join(donts),
    captionGuidelines: join(captionGuidelines),
    hashtags: join(hashtags),
    links: join(links.map((link) => (link.label === '' ? link.url : `${link.label}: ${link.url}`))),
    pay: toPayDraft(pay),
  };
}

export function toPayDraft(pay: BriefPay | null): PayDraft {
  return {
    fee: writeAmount(pay?.fee ?? null),
    goods: writeAmount(pay?.goods ?? null),
    commission: pay?.commissionShare ? String(Math.round(pay.commissionShare * 10_000) / 100) : '',
    paidAfter: pay?.paidAfter ?? 'live',
    paidWithinDays: pay?.paidWithinDays === null || pay === null ? '' : String(pay.paidWithinDays),
  };
}

/** What was typed as a brief. Throws AppError for an amount that is none. */
export function toBrief(draft: BriefDraft, currency: string): Brief {
  return {
    ...draft,
    keyMessages: split(draft.keyMessages),
    talkingPoints: split(draft.talkingPoints),
    dos: split(draft.dos),
    donts: split(draft.donts),
    captionGuidelines: split(draft.captionGuidelines),
    hashtags: draft.hashtags.split(/[\s,]+/).filter((tag) => tag !== ''),
    links: split(draft.links).map((line) => {
      const [, label = '', url = line] = /^(.*?):?\s*(https?:\/\/\S+)$/.exec(line) ?? [];
      return { label: label.trim(), url };
    }),
    pay: toPay(draft.pay, currency),
  };
}

/** Null when nothing is given. Throws AppError for an amount that is none. */
export function toPay(draft: PayDraft, currency: string): BriefPay | null {
  const { paidAfter } = draft;
  const fee = draft.fee.trim() === '' ? null : readAmount(draft.fee, currency);
  const goods = draft.goods.trim() === '' ? null : readAmount(draft.goods, currency);
  const percent = Number(draft.commission.replace(',', '.'));
  const commissionShare = draft.commission.trim() === '' ? null : percent / 100;
  const paidWithinDays = draft.paidWithinDays.trim() === '' ? null : Number(draft.paidWithinDays);
  if (fee === null && goods === null && commissionShare === null && paidWithinDays === null) return null;
  return { fee, goods, commissionShare, paidAfter, paidWithinDays };
}

function split(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
