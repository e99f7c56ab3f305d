import { parseArgs } from 'node:util';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import { AppError } from '#kernel/errors.ts';
import { runServer } from './run-server.ts';

const exitCallersFault = 1;
const exitOurs = 2;

try {
  const { values } = parseArgs({ options: { empty: { type: 'boolean', default: false } }, strict: true });
  const config = readConfig(process.env);
  // Quiet by default on a terminal: a person reads the steps, a log file gets everything with RAPPORT_LOG=info.
  const log = createLogger(process.env.RAPPORT_LOG === undefined ? 'warn' : config.logLevel);
  await runServer({ config, log, withSample: !values.empty });
} catch (error) {
  const known = error instanceof AppError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
  const text = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`\nRapport did not start. ${text}\n`);
  process.exit(known ? exitCallersFault : exitOurs);
}
