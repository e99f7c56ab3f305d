import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import {
  creatorsMerged,
  creatorsRemoved,
  mergePayload,
  personIdsPayload,
  readPersonCards,
} from '#modules/creators/index.ts';
import { machineFrame, recordHappening } from './frame.ts';
import {
  type ContractRow,
  deleteContract,
  lockContractsOfPersons,
  moveToPerson,
  updateContract,
} from './queries/contracts.ts';
import { selectVersions } from './queries/versions.ts';

/** What stands for a creator who was erased. */
const erasedName = 'Erased creator';

/**
 * Contracts follow merged creators. Of an erased one, offers nobody signed go with all their text; what somebody signed stays as evidence
 * (decision 0126), under a name that tells nothing, and an offer that is still open is withdrawn. Doing it again changes nothing.
 */
export function followCreators(infra: Infra): Consumer {
  return {
    name: 'contracts.follow-creators',
    events: [creatorsMerged, creatorsRemoved],
    handle: async (events) => {
      for (const { workspaceId, name, payload } of events) {
        if (name === creatorsMerged) {
          const { keptPersonId, absorbedPersonId } = mergePayload.parse(payload);
          await infra.db.asSystem((tx) =>
            moveToPerson(tx, workspaceId, { fromPersonId: absorbedPersonId, toPersonId: keptPersonId }),
          );
        } else {
          const { personIds } = personIdsPayload.parse(payload);
          await infra.db.asSystem((tx) => forget(infra, tx, { workspaceId, personIds }));
        }
      }
    },
  };
}

async function forget(infra: Infra, tx: Tx, of: { workspaceId: string; personIds: readonly string[] }): Promise<void> {
  const { workspaceId } = of;
  // A person merged into another one is gone under its id and still there.
  const there = await readPersonCards(tx, workspaceId, of.personIds);
  const erased = of.personIds.filter((id) => !there.has(id));
  for (const row of await lockContractsOfPersons(tx, workspaceId, erased)) await forgetOne(infra, tx, row);
}

async function forgetOne(infra: Infra, tx: Tx, row: ContractRow): Promise<void> {
  const { workspace_id: workspaceId } = row;
  if (row.in_force_version === null) {
    const versions = await selectVersions(tx, workspaceId, row.id);
    for (const { document_file_id: fileId } of versions)
      if (fileId !== null) await infra.files.remove(tx, workspaceId, fileId);
    await deleteContract(tx, workspaceId, row.id);
    return;
  }
  const at = infra.clock.now();
  const isOpen = ['draft', 'sent', 'countered', 'agreed'].includes(row.state);
  await updateContract(tx, workspaceId, {
    id: row.id,
    set: {
      person_name: erasedName,
      erased_at: at,
      updated_at: at,
      ...(isOpen ? { state: 'withdrawn', state_since: at, state_note: null, expires_at: null } : {}),
    },
  });
  await recordHappening(infra, tx, { frame: machineFrame(workspaceId), row, kind: 'creator_erased', event: null });
}
