import type { Command } from 'commander';
import { decideTiers, getAmbassadors, listJudgements, setTier, type TierFact } from '#modules/relationships/api.ts';
import { type Cli, table } from './cli.ts';

interface Decision {
  overrule?: string;
  reason?: string;
}

/** `ambassadors list | judged | decide | move`: tiers of long-term campaigns. */
export function registerAmbassadors(program: Command, cli: Cli): void {
  const noun = program.command('ambassadors').description('ambassadors of a campaign: their tiers, and who moves');
  noun
    .command('list')
    .description('who stands where, and what the next tier still asks for')
    .argument('<campaign-id>')
    .action(async (campaignId: string) => {
      const client = await cli.client();
      cli.print(await client.call(getAmbassadors, { campaignId }), ({ ambassadors, program: rules }) =>
        [
          table(
            ['ENROLMENT', 'AMBASSADOR', 'TIER', 'SINCE', 'ORDERS', 'ON TIME', 'FOR THE NEXT TIER', 'TO DECIDE'],
            ambassadors.map((one) => [
              one.enrolmentId,
              one.person.name,
              one.tier.name,
              one.since,
              sayValue(one.now.facts, 'orders', ''),
              sayValue(one.now.facts, 'on_time', ' %'),
              one.next === null
                ? 'highest'
                : one.next.needs
                    .flatMap((need) => (need.isMet === true ? [] : [need.missing ?? `${need.label}: not measured`]))
                    .join(', '),
              one.waiting === null ? null : `${one.waiting.outcome} to ${one.waiting.to.name}, ${one.waiting.id}`,
            ]),
          ),
          rules.nextJudgedOn === null ? 'Nothing is judged.' : `Judged next on ${rules.nextJudgedOn}.`,
        ].join('\n'),
      );
    });
  noun
    .command('judged')
    .description('what was judged, newest first')
    .argument('<campaign-id>')
    .option('--enrolment <id>', 'of one ambassador')
    .action(async (campaignId: string, options: { enrolment?: string }) => {
      const client = await cli.client();
      const input = { campaignId, ...(options.enrolment === undefined ? {} : { enrolmentId: options.enrolment }) };
      cli.print(await client.call(listJudgements, input), (rows) =>
        table(
          ['JUDGEMENT', 'ON', 'AMBASSADOR', 'OUTCOME', 'STATE', 'WHY', 'DECIDED BY', 'REASON'],
          rows.map((one) => [
            one.id,
            one.judgedOn,
            one.person.name,
            one.outcome === 'up' || one.outcome === 'down' ? `${one.outcome} to ${one.to.name}` : one.outcome,
            one.state,
            one.evidence.summary,
            one.decidedBy,
            one.reason,
          ]),
        ),
      );
    });
  noun
    .command('decide')
    .description('confirm what the rules propose, or overrule it')
    .argument('<campaign-id>')
    .argument('<judgement-id...>')
    .option('--overrule <tier-id>', 'the tier they stand in from now on instead')
    .option('--reason <text>', 'needed to overrule; it stays')
    .action(async (campaignId: string, judgementIds: string[], options: Decision) => {
      const client = await cli.client();
      const reason = options.reason ?? '';
      const decision =
        options.overrule === undefined
          ? { kind: 'confirm' as const, reason }
          : { kind: 'overrule' as const, tierId: options.overrule, reason };
      cli.print(
        await client.call(decideTiers, { campaignId, judgementIds, decision }),
        ({ decided, refused, mailed }) =>
          [
            ...decided.map((one) => `${one.person.name}: ${one.state}, ${one.decided?.name ?? ''}`),
            ...refused.map((one) => `${one.judgementId}: ${one.message}`),
            `${mailed} told by mail`,
          ].join('\n'),
      );
    });
  noun
    .command('move')
    .description('put an ambassador into a tier by hand')
    .argument('<enrolment-id>')
    .argument('<tier-id>')
    .requiredOption('--reason <text>', 'why; it stays, and they read it')
    .action(async (enrolmentId: string, tierId: string, options: { reason: string }) => {
      const client = await cli.client();
      cli.print(
        await client.call(setTier, { enrolmentId, tierId, reason: options.reason }),
        (move) => `${move.from} to ${move.to} since ${move.on}`,
      );
    });
}

function sayValue(facts: readonly TierFact[], metric: TierFact['metric'], unit: string): string | null {
  const value = facts.find((fact) => fact.metric === metric)?.value ?? null;
  return value === null ? null : `${value}${unit}`;
}
