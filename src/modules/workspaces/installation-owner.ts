import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import { localActor } from './actors.ts';
import { firstPerson } from './queries/people.ts';

/** Who set the installation up; undefined before anybody did. In a transaction of the system role. */
export const findInstallationOwner = firstPerson;

/** True for whoever set the installation up, and for the command line on its own machine. */
export async function isInstallationOwner(tx: Tx, actor: Actor): Promise<boolean> {
  if (actor.kind === 'system') return actor.id === localActor.id;
  return actor.kind === 'user' && (await firstPerson(tx))?.id === actor.id;
}
