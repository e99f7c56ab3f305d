import {
  type CreditRun,
  comparedModels,
  type ModelComparison,
  type OrderCredit,
  type Policy,
  type PolicyVersion,
  type Touch,
} from '#modules/attribution/api.ts';
import { say } from './campaigns-find.ts';
import { table } from './cli.ts';

export function versionText({ version, campaign }: PolicyVersion): string {
  return `${version === 0 ? 'Standard rules' : `Rules v${version}`} of ${campaign?.name ?? 'the workspace'}`;
}

export function policyText(policy: Policy | null): string {
  if (policy === null) return 'follows the workspace';
  const { firstDays, repeatDays, codeGraceDays } = policy.windows;
  return `${policy.model}; ${policy.precedence.join(' before ')}${policy.isTogether ? ', codes and links in one path' : ''}; clicks count for ${firstDays} days, ${repeatDays} for later orders; codes ${codeGraceDays} days after their end`;
}

export function runText(run: CreditRun): string {
  const head = `${run.kind} ${run.id}: ${run.state}, ${run.ordersChanged} of ${run.ordersTotal ?? '?'} orders ${run.kind === 'try' ? 'would change' : 'changed'}${run.problem === null ? '' : `. ${run.problem}`}`;
  if (run.moves.length === 0) return head;
  const rows = run.moves.map((move) => [
    move.creator?.name ?? null,
    move.campaign?.name ?? null,
    move.ordersBefore,
    move.ordersAfter,
    say(move.before),
    say(move.after),
  ]);
  return `${head}\n${table(['CREATOR', 'CAMPAIGN', 'ORDERS', 'THEN', 'MONEY', 'THEN'], rows)}`;
}

export function whyText(why: OrderCredit): string {
  const touch = (one: Touch) =>
    `${one.verdict}: ${one.label}${one.creator === null ? '' : ` of ${one.creator.name}`}${one.credited === null ? '' : `, ${say(one.credited)}`}. ${one.why}`;
  return [
    why.reason,
    `${say(why.credited)} by ${why.model}, rules v${why.policyVersion}, ${why.occasion} order, ${why.windowDays} days`,
    ...[...(why.winner === null ? [] : [why.winner]), ...why.sharers, ...why.losers].map(touch),
    ...(why.seen === null ? [] : [`seen, not paid: ${why.seen.creator?.name ?? 'nobody known'}. ${why.seen.reason}`]),
    ...why.history.map(
      (change) =>
        `${change.at}: ${say(change.moved)} ${change.creator?.name ?? change.campaign?.name ?? ''}, rules v${change.policyVersion}, ${change.cause}`,
    ),
  ].join('\n');
}

export function comparisonText(answer: ModelComparison): string {
  const models = comparedModels.filter((model) => !answer.missing.some((one) => one.model === model));
  const rows = answer.rows.map((row) => [
    row.isRest ? 'all others' : (row.creator?.name ?? row.campaign?.name ?? null),
    ...models.map((model) => row.models[model]?.orders.toFixed(1) ?? null),
  ]);
  return [
    `${answer.orders} orders from ${answer.from} to ${answer.to}, ${answer.severalTouches} with several touches`,
    table([answer.by.toUpperCase(), ...models.map((model) => model.toUpperCase())], rows),
    ...answer.missing.map((one) => `${one.model}: ${one.why}`),
  ].join('\n');
}

export function percent(share: number | null): string {
  return share === null ? 'not known' : `${(share * 100).toFixed(1)} %`;
}
