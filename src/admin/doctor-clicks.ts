import { join } from 'node:path';
import type { Config } from '#infra/config.ts';
import { inspectClickLog } from '#modules/tracking/index.ts';
import { doubtful, type Finding, fine } from './doctor-finding.ts';

const namedMax = 3;

/** What lies in the click log: clicks that wait for the database, and what was cut off broken segments. Changes nothing. */
export async function checkClicks(config: Config): Promise<Finding> {
  const state = await inspectClickLog(join(config.dataDir, 'clicks'));
  if (state === null) return fine('clicks', 'No click log yet');
  const log = `${state.segments} segments of the click log, ${(state.bytes / 1024 ** 2).toFixed(1)} MB`;
  const [newest] = state.rests;
  if (newest === undefined) return fine('clicks', `${log}; every segment ended in a whole record`);
  const named = state.rests.slice(0, namedMax).map((rest) => `${rest.file} (${rest.bytes} bytes)`);
  const more = state.rests.length - named.length;
  return doubtful(
    'clicks',
    `${log}; ${state.rests.length} broken segments were cut off at their last whole record, last on ${newest.keptAt.toISOString()}: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    'A few bytes are the end of a crash: nobody was sent on by them, and the files can go. More than a few kilobytes mean a damaged disk: check it, and keep the files.',
  );
}
