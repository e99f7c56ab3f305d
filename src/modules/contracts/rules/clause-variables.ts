import type { Jurisdiction, Terms, TermsField } from '../api/terms.ts';
import { termLines } from './compare-terms.ts';
import { sayDay, sayDays, sayMoney } from './term-words.ts';

export interface RenderContext {
  title: string;
  brandName: string;
  brandAddress: string | null;
  creatorName: string;
  jurisdiction: Jurisdiction;
  terms: Terms;
}

interface Variable {
  about: string;
  /** Lines of a list, or one text; null when it is not known yet. */
  value(context: RenderContext): string | readonly string[] | null;
}

const lines =
  (field: TermsField) =>
  ({ terms }: RenderContext): readonly string[] | null => {
    const found = termLines(terms, field);
    return found.length === 0 ? null : found;
  };
const one =
  (field: TermsField) =>
  ({ terms }: RenderContext): string | null =>
    termLines(terms, field)[0] ?? null;

/** Everything a clause may be filled with. A variable alone on its line becomes a list. */
export const variables: Record<string, Variable> = {
  brandName: { about: 'The brand’s name in contracts', value: (context) => context.brandName },
  brandAddress: { about: 'The brand’s address', value: (context) => context.brandAddress },
  brandParty: {
    about: 'The brand’s name, with its address where there is one',
    value: ({ brandName, brandAddress }) => (brandAddress === null ? brandName : `${brandName}, ${brandAddress}`),
  },
  creatorName: {
    about: 'The creator’s name',
    value: (context) => (context.creatorName === '' ? null : context.creatorName),
  },
  title: { about: 'The title of the contract', value: (context) => context.title },
  startsOn: { about: 'The day it starts', value: one('startsOn') },
  endsOn: { about: 'The day it ends', value: one('endsOn') },
  period: { about: 'From when to when, in words', value: ({ terms }) => sayPeriod(terms) },
  deliverables: { about: 'What is to be made, as a list', value: lines('deliverables') },
  product: { about: 'The goods', value: one('product') },
  fee: { about: 'The fixed fee', value: one('fee') },
  feeParts: { about: 'The parts of the fee, as a list', value: lines('feeParts') },
  payouts: { about: 'Payouts by result, as a list', value: lines('payouts') },
  payoutCap: { about: 'The cap of all payouts together', value: one('payoutCap') },
  payment: { about: 'When it is paid, in words', value: one('payment') },
  lateFee: {
    about: 'Interest when it is paid late',
    value: ({ terms }) =>
      terms.lateFeePercent === null ? 'at the rate the law sets' : `${terms.lateFeePercent} % a year`,
  },
  killFee: { about: 'The kill fee, as a share and a sum', value: ({ terms }) => sayKillFee(terms) },
  revisions: {
    about: 'Rounds of changes',
    value: ({ terms }) => (terms.revisionsMax === null ? null : String(terms.revisionsMax)),
  },
  autoApproveDays: {
    about: 'Business days after which a draft counts as approved',
    value: ({ terms }) =>
      terms.autoApproveAfterBusinessDays === null ? null : String(terms.autoApproveAfterBusinessDays),
  },
  usageRights: { about: 'Rights to use the content, as a list', value: lines('usageRights') },
  exclusivity: { about: 'Exclusivity, in words', value: one('exclusivity') },
  whitelisting: { about: 'Platforms and term of advertising from the creator’s account', value: one('whitelisting') },
  disclosure: { about: 'How the advertising is labelled', value: lines('disclosure') },
  cancelDays: {
    about: 'Days of notice',
    value: ({ terms }) => (terms.cancelDays === null ? null : sayDays(terms.cancelDays)),
  },
  other: { about: 'What else was agreed, as a list', value: lines('other') },
};

function sayPeriod({ startsOn, endsOn }: Terms): string {
  const from = startsOn === null ? 'from the day both parties have signed' : `from ${sayDay(startsOn)}`;
  return endsOn === null ? `${from} until everything owed is done` : `${from} until ${sayDay(endsOn)}`;
}

/** A share of money is rounded down to whole minor units. */
function sayKillFee({ fee, killFeePercent }: Terms): string | null {
  if (killFeePercent === null) return null;
  if (fee === null) return `${killFeePercent} % of the fee`;
  const amount = (BigInt(fee.amountMinor) * BigInt(killFeePercent)) / 100n;
  return `${killFeePercent} % of the fee, ${sayMoney({ amountMinor: String(amount), currency: fee.currency })}`;
}
