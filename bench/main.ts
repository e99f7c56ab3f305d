import { parseArgs } from 'node:util';
import { keepCompiled } from '#app/keep-compiled.ts';
import type { Bench } from './bench.ts';
import { currentCommit } from './commit.ts';
import { describeMachine } from './machine.ts';

// As the program starts, so do the processes that are measured.
keepCompiled();

/** Each bench is loaded only when asked for. */
const benches: Record<string, () => Promise<Bench>> = {
  start: async () => (await import('./start.ts')).startBench,
  import: async () => (await import('./import.ts')).importBench,
  redirect: async () => (await import('./redirect.ts')).redirectBench,
  archives: async () => (await import('./archives.ts')).archivesBench,
  vetting: async () => (await import('./vetting.ts')).vettingBench,
  disclosure: async () => (await import('./disclosure.ts')).disclosureBench,
  campaign: async () => (await import('./campaign.ts')).campaignBench,
  conversions: async () => (await import('./conversions.ts')).conversionsBench,
  attribution: async () => (await import('./attribution.ts')).attributionBench,
  report: async () => (await import('./report.ts')).reportBench,
  discovery: async () => (await import('./discovery.ts')).discoveryBench,
};

const usage = `Usage: npm run -s bench -- NAME [--json] [--seconds S] [--size N]\nNAME is one of: ${Object.keys(benches).join(', ')}\n`;

process.exit(await main());

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, seconds: { type: 'string' }, size: { type: 'string' } },
  });
  const load = benches[positionals[0] ?? ''];
  const seconds = readNumber(values.seconds);
  const size = readNumber(values.size);
  if (load === undefined || positionals.length !== 1 || Number.isNaN(seconds) || Number.isNaN(size)) {
    process.stderr.write(usage);
    return 1;
  }
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const bench = await load();
  const machine = describeMachine();
  const { params, figures } = await bench.run({ seconds, size, tell });
  const report = { bench: bench.name, commit: currentCommit(), machine, params, figures };
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else for (const [key, value] of Object.entries(figures)) process.stdout.write(`${key.padEnd(24)} ${value}\n`);
  return 0;
}

/** null when absent, NaN when it is not a positive number. */
function readNumber(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  return value > 0 ? value : Number.NaN;
}
