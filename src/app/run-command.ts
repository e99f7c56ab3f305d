import { CommanderError } from 'commander';
import { type Connection, createProgram } from '#cli/program.ts';
import { type ClientOptions, createClient } from '#client/client.ts';
import { readConfig } from '#infra/config.ts';
import { readServerFile } from '#infra/data-folder/server-file.ts';
import { AppError } from '#kernel/errors.ts';

const exitCallersFault = 1;
const exitOurs = 2;

/** What was started for this one command alone, to be stopped after it. */
const closers: (() => Promise<void>)[] = [];

process.exitCode = await run(process.argv);
for (const close of closers.toReversed()) await close().catch(() => undefined);
// A client may leave a keep-alive connection open; the command is over.
process.exit(process.exitCode);

async function run(argv: string[]): Promise<number> {
  const program = createProgram({
    connect,
    write: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
  });
  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCallersFault;
    return report(error);
  }
}

function report(error: unknown): number {
  if (!(error instanceof AppError)) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exitOurs;
  }
  const details = error.details.slice(0, 20).map((detail) => {
    const where = [detail.row === undefined ? '' : `row ${detail.row}`, detail.field ?? '']
      .filter((part) => part !== '')
      .join(', ');
    return `  ${where === '' ? '' : `${where}: `}${detail.message}\n`;
  });
  process.stderr.write(`${error.message} (${error.code})\n${details.length > 1 ? details.join('') : ''}`);
  return error.kind === 'unavailable' ? exitOurs : exitCallersFault;
}

interface ConnectOptions {
  startsDatabase: boolean;
  tell: (line: string) => void;
}

/** RAPPORT_URL with RAPPORT_API_KEY, else the running server of this data folder, else the database alone for this command. */
async function connect(options: ConnectOptions): Promise<Connection> {
  const apiKey = process.env.RAPPORT_API_KEY;
  const url = process.env.RAPPORT_URL;
  if (url && apiKey) return clientsOf({ baseUrl: url, apiKey, fetch: (request) => reach(url, request) });
  const config = readConfig(process.env);
  const server = await readServerFile(config.dataDir);
  if (server !== null) {
    return clientsOf({
      baseUrl: server.address,
      apiKey: server.token,
      fetch: (request) => reach(server.address, request),
    });
  }
  if (!options.startsDatabase) {
    throw new AppError(
      'conflict',
      'cli.no_server',
      `No Rapport runs on the data folder ${config.dataDir}. Start it with npm start, or set RAPPORT_URL and RAPPORT_API_KEY.`,
    );
  }
  options.tell('No server is running; starting the database for this command.');
  // Loaded only now: a command that talks to a server needs none of the program behind it.
  const { openAlone } = await import('./open-alone.ts');
  return clientsOf(await openAlone(config, closers));
}

function clientsOf(target: Omit<ClientOptions, 'workspace'>): Connection {
  return (workspace) => createClient({ ...target, workspace: () => workspace });
}

async function reach(address: string, request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw new AppError(
      'unavailable',
      'cli.unreachable',
      `The server at ${address} does not answer${cause}. Is it running?`,
    );
  }
}
