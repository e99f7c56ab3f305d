import { platformNames } from '#kernel/platform.ts';
import type { Terms, TermsField } from '../api/terms.ts';
import type { ContractClause, TermsChange } from '../api.ts';
import {
  sayDay,
  sayDays,
  sayDeliverable,
  sayExclusivity,
  sayFeePart,
  sayMoney,
  sayPayment,
  sayPayout,
  sayProduct,
  sayRight,
} from './term-words.ts';

export const termLabels: Record<TermsField, string> = {
  startsOn: 'Starts on',
  endsOn: 'Ends on',
  deliverables: 'Deliverables',
  product: 'Product',
  fee: 'Fee',
  feeParts: 'Fee, by parts',
  payouts: 'Payouts by result',
  payoutCap: 'Cap of all payouts',
  payment: 'Payment',
  lateFeePercent: 'Late payment',
  killFeePercent: 'Kill fee',
  revisionsMax: 'Rounds of changes',
  autoApproveAfterBusinessDays: 'Approved without an answer',
  usageRights: 'Usage rights',
  exclusivity: 'Exclusivity',
  whitelisting: 'Advertising from the creator’s account',
  disclosure: 'Disclosure',
  morality: 'Conduct',
  cancelDays: 'Notice to cancel',
  other: 'Also agreed',
};

const fields = Object.keys(termLabels) as TermsField[];

/** One field of terms as lines of plain words; no line when nothing was agreed on it. */
export function termLines(terms: Terms, field: TermsField): string[] {
  switch (field) {
    case 'startsOn':
    case 'endsOn':
      return terms[field] === null ? [] : [sayDay(terms[field])];
    case 'deliverables':
      return terms.deliverables.map(sayDeliverable);
    case 'product':
      return terms.product === null ? [] : [sayProduct(terms.product)];
    case 'fee':
    case 'payoutCap':
      return terms[field] === null ? [] : [sayMoney(terms[field])];
    case 'feeParts':
      return terms.feeParts.map((part) => sayFeePart(part, terms.payment.days));
    case 'payouts':
      return terms.payouts.map(sayPayout);
    case 'payment':
      return [sayPayment(terms)];
    case 'usageRights':
      return terms.usageRights.map(sayRight);
    case 'exclusivity':
      return terms.exclusivity === null ? [] : [sayExclusivity(terms.exclusivity)];
    case 'disclosure':
    case 'other':
      return terms[field].split(/\n+/).filter((line) => line.trim() !== '');
    default:
      return plainLines(terms, field);
  }
}

type PlainField =
  | 'lateFeePercent'
  | 'killFeePercent'
  | 'revisionsMax'
  | 'autoApproveAfterBusinessDays'
  | 'whitelisting'
  | 'morality'
  | 'cancelDays';

function plainLines(terms: Terms, field: PlainField): string[] {
  switch (field) {
    case 'lateFeePercent':
      return terms.lateFeePercent === null
        ? ['As the law says']
        : [`${terms.lateFeePercent} % a year on what is overdue`];
    case 'killFeePercent':
      return terms.killFeePercent === null ? [] : [`${terms.killFeePercent} % of the fee`];
    case 'revisionsMax':
      return terms.revisionsMax === null ? [] : [`At most ${terms.revisionsMax}`];
    case 'autoApproveAfterBusinessDays':
      return terms.autoApproveAfterBusinessDays === null
        ? []
        : [`After ${terms.autoApproveAfterBusinessDays} business days`];
    case 'whitelisting': {
      if (terms.whitelisting === null) return [];
      const names = terms.whitelisting.platforms.map((platform) => platformNames[platform]).join(', ');
      return [`${names}, ${sayDays(terms.whitelisting.days)} from the day access is given`];
    }
    case 'morality':
      return terms.morality ? ['Either side may end it for conduct that harms the other’s name'] : [];
    case 'cancelDays':
      return terms.cancelDays === null ? ['Only for good cause'] : [sayDays(terms.cancelDays)];
  }
}

/** What later terms changed, field by field, as lines that went and lines that came. */
export function compareTerms(before: Terms, after: Terms): TermsChange[] {
  return fields.flatMap((field) =>
    toChange(field, termLabels[field], termLines(before, field), termLines(after, field)),
  );
}

/** What changed in the clauses: each one that came, went or reads differently. */
export function compareClauses(before: readonly ContractClause[], after: readonly ContractClause[]): TermsChange[] {
  const old = new Map(before.map((clause) => [clause.id, clause]));
  const now = new Map(after.map((clause) => [clause.id, clause]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) => {
    const [was, is] = [old.get(id), now.get(id)];
    const title = is?.title ?? was?.title ?? id;
    return toChange(`clauses.${id}`, `Clause: ${title}`, textOf(was), textOf(is));
  });
}

function textOf(clause: ContractClause | undefined): string[] {
  return clause === undefined ? [] : clause.body.split(/\n+/).filter((line) => line.trim() !== '');
}

function toChange(field: string, label: string, old: readonly string[], now: readonly string[]): TermsChange[] {
  const before = without(old, now);
  const after = without(now, old);
  return before.length + after.length === 0 ? [] : [{ field, label, before, after }];
}

// Lines of `these` that `those` lack, counting repeats.
function without(these: readonly string[], those: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of those) left.set(line, (left.get(line) ?? 0) + 1);
  return these.filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0;
  });
}
