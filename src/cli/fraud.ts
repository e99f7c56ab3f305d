import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import {
  banReasonSchema,
  getFraudGroup,
  groupStateSchema,
  listFraudGroups,
  resolvedStates,
  resolveFraudGroups,
  ruleNameSchema,
  severitySchema,
} from '#modules/fraud/api.ts';
import { type Cli, table } from './cli.ts';

/** `fraud list | show | resolve`. */
export function registerFraud(program: Command, cli: Cli): void {
  const noun = program.command('fraud').description('what the fraud rules found, and what was decided');

  noun
    .command('list')
    .description('groups of findings, newest first')
    .option('--state <state>', `one of ${groupStateSchema.options.join(', ')}`, 'open')
    .option('--rule <rule>', 'only of this rule')
    .option('--severity <severity>', `one of ${severitySchema.options.join(', ')}`)
    .option('--creator <person-id>', 'only about this creator')
    .option('--limit <rows>', 'at most so many', '50')
    .action(async (options: ListOptions) => {
      const client = await cli.client();
      const page = await client.call(listFraudGroups, {
        state: one(groupStateSchema.safeParse(options.state), '--state', groupStateSchema.options),
        ...(options.rule !== undefined && {
          rule: one(ruleNameSchema.safeParse(options.rule), '--rule', ruleNameSchema.options),
        }),
        ...(options.severity !== undefined && {
          severity: one(severitySchema.safeParse(options.severity), '--severity', severitySchema.options),
        }),
        ...(options.creator !== undefined && { personId: options.creator }),
        limit: Number(options.limit),
      });
      cli.print(page, ({ rows }) =>
        table(
          ['GROUP', 'RULE', 'CREATOR', 'SEVERITY', 'CREDIT', 'ORDERS', 'SAYS'],
          rows.map((row) => [
            row.id,
            row.rule,
            row.creator?.name ?? null,
            row.severity,
            row.state === 'open' ? (row.mode === 'enforce' ? 'on hold' : 'counts') : row.state,
            row.orders,
            row.says,
          ]),
        ),
      );
    });

  noun
    .command('show')
    .description('one group with its evidence')
    .argument('<group-id>', 'id of the group, as listed')
    .action(async (groupId: string) => {
      const client = await cli.client();
      cli.print(await client.call(getFraudGroup, { groupId }), ({ group, events, appeals, explains }) =>
        [
          `${group.title}: ${group.creator?.name ?? 'nobody'} (${group.state})`,
          explains,
          ...events.flatMap((event) => [
            `${event.happenedAt}  ${event.says}${event.stands ? '' : '  (no longer stands)'}`,
            ...event.evidence.map((row) => `    ${row.kind}${row.id === null ? '' : ` ${row.id}`}: ${row.label}`),
          ]),
          ...appeals.map(
            (appeal) =>
              `The creator says: ${appeal.says}${appeal.answer === null ? '' : ` Answered: ${appeal.answer}`}`,
          ),
        ].join('\n'),
      );
    });

  noun
    .command('resolve')
    .description('decide groups: cleared lets go of the credit, fraud takes it away')
    .argument('<group-ids...>', 'ids of groups, as listed')
    .requiredOption('--outcome <outcome>', `one of ${resolvedStates.join(', ')}`)
    .requiredOption('--reason <text>', 'why; the creator reads it')
    .option('--keep-credit', 'fraud: the credit stays all the same')
    .option('--ban <reason>', `fraud: ban the creators, for ${banReasonSchema.options.join(', ')}`)
    .action(async (groupIds: string[], options: ResolveOptions) => {
      const outcome = resolvedStates.find((state) => state === options.outcome);
      if (outcome === undefined)
        throw new AppError('invalid', 'cli.bad_option', `--outcome is one of ${resolvedStates.join(', ')}.`);
      const client = await cli.client();
      const answer = await client.call(resolveFraudGroups, {
        groupIds,
        outcome,
        reason: options.reason,
        keepsCredit: options.keepCredit ?? false,
        ...(options.ban !== undefined && {
          ban: one(banReasonSchema.safeParse(options.ban), '--ban', banReasonSchema.options),
        }),
      });
      cli.print(
        answer,
        ({ resolved, unchanged, withdrawnOrders, banned }) =>
          `${resolved} decided, ${unchanged} were before; credit of ${withdrawnOrders} orders withdrawn, ${banned} creators banned.`,
      );
    });
}

interface ListOptions {
  state: string;
  rule?: string;
  severity?: string;
  creator?: string;
  limit: string;
}

interface ResolveOptions {
  outcome: string;
  reason: string;
  keepCredit?: boolean;
  ban?: string;
}

function one<Value>(
  parsed: { success: true; data: Value } | { success: false },
  option: string,
  known: readonly string[],
): Value {
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', 'cli.bad_option', `${option} is not known. Use one of ${known.join(', ')}.`);
}
