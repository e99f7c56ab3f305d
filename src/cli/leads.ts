import type { Command } from 'commander';
import { getLead, type Lead, listLeads, recordLeads } from '#modules/attribution/api.ts';
import { type Cli, table } from './cli.ts';

const gather = (value: string, before: string[]) => [...before, value];

/** `leads add | list | get`: steps before an order, such as sign-ups, and who is credited for them. */
export function registerLeads(program: Command, cli: Cli): void {
  const noun = program.command('leads').description('Steps before an order, such as sign-ups; credited, never money');
  noun
    .command('add')
    .description('record a lead; the same id again changes nothing')
    .requiredOption('--id <id>', 'where it happened, unique for ever within its event')
    .option('--event <words>', 'what happened', 'lead')
    .option('--at <instant>', 'when; now when absent')
    .option('--code <code>', 'discount code used; may be given again', gather, [])
    .option('--click <id>', 'value of rapport_click the page saw; may be given again', gather, [])
    .action(async (options: { id: string; event: string; at?: string; code: string[]; click: string[] }) => {
      const client = await cli.client();
      const happenedAt = options.at ?? new Date().toISOString();
      const lead = { id: options.id, event: options.event, happenedAt, clickIds: options.click, codes: options.code };
      cli.print(await client.call(recordLeads, { leads: [lead] }), ({ leads }) => leads.map(leadText).join('\n'));
    });
  noun
    .command('list')
    .description('leads, newest first')
    .option('--campaign <id>', 'credited to one campaign')
    .option('--person <id>', 'credited to one creator')
    .option('--event <words>', 'of one event')
    .option('--limit <n>', 'at most so many', Number, 50)
    .option('--cursor <cursor>', 'nextCursor of the page before')
    .action(async (options: { campaign?: string; person?: string; event?: string; limit: number; cursor?: string }) => {
      const client = await cli.client();
      const { campaign, person, ...rest } = options;
      const answer = await client.call(listLeads, { ...rest, campaignId: campaign, personId: person });
      cli.print(
        answer,
        ({ rows, total, credited }) =>
          `${table(
            ['ID', 'EVENT', 'AT', 'CREDITED', 'BY'],
            rows.map((row) => [row.id, row.event, row.happenedAt, nameOf(row), row.rule]),
          )}\n\n${credited} of ${total} credited.`,
      );
    });
  noun
    .command('get')
    .description('one lead with the reason for its credit and all that lost')
    .argument('<lead-id>', 'id of the lead, from list')
    .action(async (leadId: string) => {
      const client = await cli.client();
      cli.print(await client.call(getLead, { leadId }), leadText);
    });
}

function leadText(lead: Lead): string {
  return [
    `${lead.id}: ${lead.event} ${lead.externalId}, ${nameOf(lead) ?? 'nobody'}. ${lead.reason ?? ''}`,
    ...lead.touches.map((touch) => `${touch.verdict}: ${touch.label}. ${touch.why}`),
  ].join('\n');
}

function nameOf(lead: Lead): string | null {
  return lead.creator?.name ?? lead.campaign?.name ?? null;
}
