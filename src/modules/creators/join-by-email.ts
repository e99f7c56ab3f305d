import type { Infra } from '#infra/module.ts';
import { mergePersons } from './merge-persons.ts';
import type { StoredRun } from './queries/imports.ts';
import { lockCreators } from './queries/known-creators.ts';
import { lockPersons, selectSameEmailGroups } from './queries/merges.ts';

const joinsPerCommit = 200;

/**
 * At the end of a file: rows that gave one e-mail address on different platforms are one person. Done last, so that it does not depend on the
 * order of the rows, and as merges, so that a reader can split them again.
 */
export async function joinByEmail(infra: Infra, job: { workspaceId: string; run: StoredRun }): Promise<void> {
  const { workspaceId, run } = job;
  const groups = await infra.db.inWorkspace(workspaceId, (tx) =>
    selectSameEmailGroups(tx, workspaceId, { source: run.fileName, since: run.createdAt }),
  );
  for (let from = 0; from < groups.length; from += joinsPerCommit) {
    await infra.db.copyInWorkspace(workspaceId, async (client, tx) => {
      await lockCreators(tx, workspaceId);
      for (const { email, personIds } of groups.slice(from, from + joinsPerCommit)) {
        // A person with two addresses may be merged already by the first.
        const left = await lockPersons(tx, workspaceId, personIds);
        const [keptPersonId, ...absorbed] = personIds.filter((id) => left.has(id));
        if (keptPersonId === undefined) continue;
        for (const absorbedPersonId of absorbed) {
          const reason = `the same e-mail address ${email} in ${run.fileName}`;
          await mergePersons(
            infra,
            { client, tx },
            {
              workspaceId,
              keptPersonId,
              absorbedPersonId,
              reason,
              actor: { kind: 'system', id: run.id, name: `Import of ${run.fileName}` },
              requestId: null,
            },
          );
        }
      }
    });
  }
}
