import type { Answer, ContentReport, CostReport, CreatorRow, ReturnsReport, SalesReport } from '../api.ts';
import { sayMoney, sayRatio, sayShare } from './say.ts';

export interface AnswerParts {
  cost: CostReport;
  sales: SalesReport;
  returns: ReturnsReport;
  content: ContentReport;
  creators: readonly CreatorRow[];
}

type Part = Answer['parts'][number];
const plain = (text: string): Part => ({ text, look: 'plain' });
const strong = (text: string): Part => ({ text, look: 'strong' });
const key = (text: string): Part => ({ text, look: 'key' });

/** The report in one sentence: what was spent, what it earned and the return, or what is missing to say so. */
export function answerOf(of: AnswerParts): Answer {
  const parts = sentence(of);
  return { text: parts.map((part) => part.text).join(''), parts, remarks: remarksOf(of) };
}

function sentence({ cost, sales, returns }: AnswerParts): Part[] {
  const spent = cost.total.value;
  const earned = sales.revenue.value;
  if (spent === null && earned === null) {
    return [plain(`What it cost and earned is not known yet: ${cost.total.reason}; ${sales.revenue.reason}.`)];
  }
  if (spent === null && earned !== null) {
    return [plain('Earned '), strong(sayMoney(earned)), plain(`. No return can be told: ${cost.total.reason}.`)];
  }
  if (spent !== null && earned === null) {
    return [plain('Spent '), strong(sayMoney(spent)), plain(`. What it earned is not known: ${sales.revenue.reason}.`)];
  }
  if (spent === null || earned === null) return [];
  const start = [plain('Spent '), strong(sayMoney(spent)), plain(', earned '), strong(sayMoney(earned))];
  const { value, bound, interval, intervalReason, reason } = returns.roas;
  if (value === null) return [...start, plain(`. No return can be told: ${reason}.`)];
  const word = bound === 'exact' ? '' : bound === 'at_most' ? 'at most ' : 'at least ';
  const end =
    interval === null
      ? `, no interval: ${intervalReason}.`
      : `, interval ${sayShort(interval.low)} to ${sayShort(interval.high)}.`;
  return [...start, plain(`: return ${word}`), key(sayRatio(value)), plain(end)];
}

/** One decimal above 1, two below, where it matters. */
function sayShort(value: number): string {
  return value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

const topCreators = 3;

function remarksOf({ cost, sales, content, creators }: AnswerParts): string[] {
  const remarks: string[] = [];
  const minor = (cell: CreatorRow['revenue']) => (cell.value === null ? null : BigInt(cell.value.amountMinor));
  const earners = creators.filter((row) => (minor(row.revenue) ?? 0n) > 0n);
  const total = sales.revenue.value === null ? 0n : BigInt(sales.revenue.value.amountMinor);
  if (earners.length > topCreators && total > 0n) {
    const top = earners.slice(0, topCreators).reduce((sum, row) => sum + (minor(row.revenue) ?? 0n), 0n);
    remarks.push(
      `Three of ${earners.length} selling creators brought ${sayShare(Number(top) / Number(total))} of the revenue.`,
    );
  }
  const losing = creators.filter((row) => {
    const [spent, earned] = [minor(row.cost), minor(row.revenue)];
    // Who has nothing live yet could not have sold anything.
    return row.postsLive > 0 && spent !== null && earned !== null && spent > earned;
  }).length;
  if (losing > 0)
    remarks.push(`${losing === 1 ? 'One creator' : `${losing} creators`} cost more than the orders they brought.`);
  if (cost.creatorsWithoutCost > 0 && cost.total.note !== null) remarks.push(`Cost is incomplete: ${cost.total.note}.`);
  for (const other of sales.otherCurrencies)
    remarks.push(`${sayMoney(other.revenue)} of revenue stands apart: ${other.reason}.`);
  const { reach } = content;
  if (reach.live > 0 && reach.known < reach.live)
    remarks.push(`Reach is known for ${reach.known} of ${reach.live} live deliverables.`);
  return remarks;
}
