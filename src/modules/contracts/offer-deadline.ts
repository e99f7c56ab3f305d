import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { dayIn } from '#kernel/time.ts';
import { nextMidnight } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { contractsError } from './errors.ts';
import { instantWithin } from './rules/expiry.ts';

const daysMax = 366;

/** When an offer lapses: the end of the day named, in the workspace's time zone. Error: contracts.expiry_passed. */
export async function deadlineOf(infra: Infra, tx: Tx, of: { workspaceId: string; day: string }): Promise<Date> {
  const { timeZone } = await getWorkspace(tx, of.workspaceId);
  const now = infra.clock.now();
  const deadline = nextMidnight(timeZone, instantWithin(of.day, timeZone));
  const latest = now.getTime() + daysMax * 86_400_000;
  if (deadline > now && deadline.getTime() <= latest) return deadline;
  const message = deadline <= now ? `is before today, ${dayIn(timeZone, now)}` : 'is more than a year away';
  throw contractsError('expiry_passed', `expiresOn: ${of.day} ${message}. Name a day within a year from today.`, [
    { field: 'expiresOn', message: `${of.day} ${message}` },
  ]);
}
