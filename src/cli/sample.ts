import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { listWorkspaces, removeSample } from '#modules/workspaces/api.ts';
import type { Cli } from './cli.ts';

/** `rapport sample remove`: the invented workspace goes, everything else stays. */
export function registerSample(program: Command, cli: Cli): void {
  const noun = program.command('sample').description('The invented workspace that a new installation shows');
  noun
    .command('remove')
    .description('Remove the sample workspace with everything in it')
    .action(async () => {
      // Asked without a workspace, so that none is created only to be asked.
      const { rows } = await (await cli.client()).call(listWorkspaces, {});
      const sample = rows.find((workspace) => workspace.isSample);
      if (sample === undefined)
        throw new AppError('not_found', 'cli.no_sample', 'There is no sample workspace here. Nothing was removed.');
      const answer = await (await cli.clientIn(sample.slug)).call(removeSample, {});
      cli.print({ ...answer, workspace: sample.slug }, () => `Removed ${sample.name}.`);
    });
}
