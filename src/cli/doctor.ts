import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import type { Cli } from './cli.ts';

/** `rapport doctor`: what this machine and installation lack. Ends with 1 when something must be mended. */
export function registerDoctor(program: Command, cli: Cli): void {
  program
    .command('doctor')
    .description('Look for what this installation lacks; changes nothing')
    .action(async () => {
      // Loaded only now: it brings the database driver along.
      const { runDoctorHere } = await import('#admin/doctor-here.ts');
      const findings = await runDoctorHere(process.env);
      cli.print({ ok: findings.every((finding) => finding.ok !== false), findings }, () =>
        findings
          .map(({ ok, check, message, fix }) => {
            const mark = ok === true ? 'ok  ' : ok === 'warn' ? 'look' : 'MEND';
            return `${mark}  ${check}: ${message}${fix === null || ok === true ? '' : `\n      ${fix}`}`;
          })
          .join('\n'),
      );
      if (findings.some((finding) => finding.ok === false)) {
        throw new AppError('conflict', 'doctor.found', 'Something has to be mended; see above.');
      }
    });
}
