import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import {
  approveDraft,
  getSubmission,
  listSubmissions,
  requestChanges,
  reviewRoleSchema,
  type SubmissionState,
  submissionStateSchema,
  submissionStates,
} from '#modules/submissions/api.ts';
import { findCampaign } from './campaigns-find.ts';
import { type Cli, table } from './cli.ts';

interface ListOptions {
  campaign?: string;
  state?: string;
}

interface DecideOptions {
  round?: string;
  note?: string;
  as: string;
  reason?: string;
}

/** `submissions list|show|approve|request-changes`: drafts of creators. */
export function registerSubmissions(program: Command, cli: Cli): void {
  const noun = program.command('submissions').description('Drafts of creators, and who decides on them');
  noun
    .command('list')
    .description('drafts, newest change first')
    .option('--campaign <campaign>', 'id or name')
    .option('--state <state>', `one of ${submissionStates.join(', ')}`)
    .action(async (options: ListOptions) => {
      const client = await cli.client();
      const campaignId = options.campaign === undefined ? undefined : (await findCampaign(client, options.campaign)).id;
      const page = await client.call(listSubmissions, {
        limit: 500,
        ...(campaignId === undefined ? {} : { campaignId }),
        ...(options.state === undefined ? {} : { states: [stateOf(options.state)] }),
      });
      cli.print(page, ({ rows }) =>
        table(
          ['id', 'creator', 'piece', 'state', 'round', 'label', 'live'],
          rows.map((row) => [
            row.id,
            row.person.name,
            row.deliverable.title,
            row.state,
            row.round,
            row.verdict ?? '',
            row.live?.result ?? '',
          ]),
        ),
      );
    });
  noun
    .command('show')
    .description('one draft with its rounds, decisions and open points')
    .argument('<id>', 'id of the draft')
    .action(async (submissionId: string) => {
      const client = await cli.client();
      cli.print(await client.call(getSubmission, { submissionId }), (draft) =>
        [
          `${draft.person.name}, ${draft.deliverable.title}: ${draft.state}, round ${draft.round}`,
          draft.captionStart,
          ...draft.checklist.map((point) => `  ${point.result}: ${point.title} (${point.detail})`),
          ...draft.decisions.map((one) => `  round ${one.round}: ${one.by} ${one.decision} as ${one.role} ${one.note}`),
        ].join('\n'),
      );
    });
  noun
    .command('approve')
    .description('approve the newest round, or the one named')
    .argument('<id>', 'id of the draft')
    .option('--round <number>', 'the round you looked at')
    .option('--as <role>', 'manager, legal or client', 'manager')
    .option('--note <text>', 'a word beside it')
    .option('--reason <text>', 'why, where the label fails the rules')
    .action(async (submissionId: string, options: DecideOptions) => {
      const client = await cli.client();
      const round = await roundOf(cli, submissionId, options.round);
      const done = await client.call(approveDraft, {
        submissionId,
        round,
        role: roleOf(options.as),
        note: options.note ?? '',
        ...(options.reason === undefined ? {} : { overruleReason: options.reason }),
      });
      cli.print(done, (draft) => `${draft.id} is ${draft.state}`);
    });
  noun
    .command('request-changes')
    .description('ask for changes to the newest round, or the one named')
    .argument('<id>', 'id of the draft')
    .requiredOption('--note <text>', 'what should change')
    .option('--round <number>', 'the round you looked at')
    .option('--as <role>', 'manager, legal or client', 'manager')
    .option('--reason <text>', 'why one round more than agreed')
    .action(async (submissionId: string, options: DecideOptions) => {
      const client = await cli.client();
      const round = await roundOf(cli, submissionId, options.round);
      const done = await client.call(requestChanges, {
        submissionId,
        round,
        role: roleOf(options.as),
        note: options.note ?? '',
        ...(options.reason === undefined ? {} : { allowanceReason: options.reason }),
      });
      cli.print(done, (draft) => `${draft.id} is ${draft.state}`);
    });
}

async function roundOf(cli: Cli, submissionId: string, given: string | undefined): Promise<number> {
  if (given === undefined) return (await (await cli.client()).call(getSubmission, { submissionId })).round;
  const round = Number(given);
  if (Number.isInteger(round) && round > 0) return round;
  throw bad('--round', `"${given}" is not the number of a round.`);
}

function stateOf(given: string): SubmissionState {
  const state = submissionStateSchema.safeParse(given);
  if (state.success) return state.data;
  throw bad('--state', `"${given}" is not known. Use one of ${submissionStates.join(', ')}.`);
}

function roleOf(given: string) {
  const role = reviewRoleSchema.safeParse(given);
  if (role.success) return role.data;
  throw bad('--as', `"${given}" is not known. Use manager, legal or client.`);
}

function bad(option: string, message: string): AppError {
  return new AppError('invalid', 'cli.bad_option', `${option}: ${message}`, [{ field: option, message }]);
}
