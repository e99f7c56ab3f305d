import type { MoneyJson } from '#kernel/money.ts';
import type { AgreedEffect } from '#modules/campaigns/api.ts';
import type { ContractEffect } from '../api.ts';
import { sayDay, sayMoney } from './term-words.ts';

type Remark = ContractEffect['remarks'][number];

const piecesNamed = 5;

/** What an effect did and left to decide, a line for each. */
export function sayEffect(effect: AgreedEffect): Remark[] {
  const { created, moved, closed, kept } = effect;
  const begun = closed.filter((piece) => piece.state !== 'planned');
  return [
    ...sayFee(effect.fee),
    ...(created.length === 0 ? [] : [done(`${pieces(created)} planned: ${names(created)}.`)]),
    ...(moved.length === 0
      ? []
      : [
          done(
            `Due on another day: ${moved
              .slice(0, piecesNamed)
              .map((one) => `${one.title} (${orNone(one.from)} to ${orNone(one.to)})`)
              .join(', ')}${more(moved)}.`,
          ),
        ]),
    ...(closed.length === begun.length
      ? []
      : [done(`Owed no longer and closed: ${names(closed.filter((piece) => piece.state === 'planned'))}.`)]),
    ...(begun.length === 0
      ? []
      : [
          look(
            `Closed although work on it had begun: ${stated(begun)}. Whether a fee is owed for it is for you to say.`,
          ),
        ]),
    ...(kept.length === 0
      ? []
      : [
          look(
            `Owed no longer, but work has begun, so nothing was taken away: ${stated(kept)}. Cancel it, or let it be finished.`,
          ),
        ]),
    ...(effect.isOffRoster
      ? [look('The creator was taken off the campaign, so the pieces they owe were not planned.')]
      : []),
  ];
}

function sayFee(fee: AgreedEffect['fee']): Remark[] {
  const [before, signed] = [money(fee.before), money(fee.signed)];
  switch (fee.outcome) {
    case 'same':
      return [];
    case 'set':
      return [done(`The fee on the campaign is ${signed}, as signed.`)];
    case 'replaced':
      return [look(`The fee on the campaign was ${before} and is ${signed} now, as signed.`)];
    case 'paid':
      return [
        look(
          `${before} were entered as paid, signed are ${signed}. The fee on the campaign stays ${before} until you change it.`,
        ),
      ];
    case 'other_currency':
      return [
        look(
          `Signed are ${signed}, which is not the currency of the campaign. Its fee stays ${before}; enter what it is worth.`,
        ),
      ];
    case 'too_large':
      return [look(`Signed are ${signed}, more than a campaign can count with. Its fee stays ${before}.`)];
    case 'not_named':
      return [
        look(`No contract in force names a fixed fee. The fee on the campaign stays ${before} until you change it.`),
      ];
  }
}

const done = (text: string): Remark => ({ text, needsLook: false });
const look = (text: string): Remark => ({ text, needsLook: true });

function money(value: MoneyJson | null): string {
  return value === null ? 'not set' : sayMoney(value);
}

function orNone(day: string | null): string {
  return day === null ? 'no day' : sayDay(day);
}

function pieces(list: readonly unknown[]): string {
  return `${list.length} ${list.length === 1 ? 'piece' : 'pieces'}`;
}

function more(list: readonly unknown[]): string {
  return list.length > piecesNamed ? ` and ${list.length - piecesNamed} more` : '';
}

function names(list: readonly { title: string }[]): string {
  return `${list
    .slice(0, piecesNamed)
    .map((piece) => piece.title)
    .join(', ')}${more(list)}`;
}

function stated(list: readonly { title: string; state: string }[]): string {
  return `${list
    .slice(0, piecesNamed)
    .map((piece) => `${piece.title} (${piece.state})`)
    .join(', ')}${more(list)}`;
}
