import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { emitRemoved } from './emit-changes.ts';
import { deletePersons } from './queries/change-persons.ts';
import { readContacts } from './queries/contact-matches.ts';
import { nextPersonIds } from './queries/creator-documents.ts';
import { hasSuppressions, selectSuppressed } from './queries/suppressions.ts';
import { suppressionHash } from './suppression-hash.ts';

const personsPerPage = 1000;
const pagesMax = 100_000;

/** Erases the creators of a workspace who objected to being kept on this installation, as for one that came from elsewhere. Returns how many. */
export async function eraseObjectors(infra: Infra, tx: Tx, workspaceId: string): Promise<number> {
  if (!(await hasSuppressions(tx))) return 0;
  let erased = 0;
  let after = '';
  for (let page = 0; page < pagesMax; page += 1) {
    const ids = await nextPersonIds(tx, workspaceId, after, personsPerPage);
    const owners = new Map<string, string>();
    for (const { personId, emails, handles } of await readContacts(tx, workspaceId, ids)) {
      for (const email of emails) owners.set(hex(infra, { kind: 'email', email }), personId);
      for (const { platform, key } of handles)
        owners.set(hex(infra, { kind: 'handle', platform, handleKey: key }), personId);
    }
    const found = await selectSuppressed(
      tx,
      [...owners.keys()].map((hash) => Buffer.from(hash, 'hex')),
    );
    const objectors = [...new Set([...found].flatMap((hash) => owners.get(hash) ?? []))];
    const gone = await deletePersons(tx, workspaceId, objectors);
    await emitRemoved(infra, tx, { workspaceId, personIds: gone });
    erased += gone.length;
    const last = ids.at(-1);
    if (last === undefined || ids.length < personsPerPage) return erased;
    after = last;
  }
  return erased;
}

function hex(infra: Infra, subject: Parameters<typeof suppressionHash>[1]): string {
  return suppressionHash(infra.secret, subject).toString('hex');
}
