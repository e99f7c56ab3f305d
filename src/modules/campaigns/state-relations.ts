import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { stateFacts } from '#modules/creators/index.ts';
import { lockRelations, selectRelations, takeDueRelations } from './queries/relations.ts';

/** Three facts a person: under the most facts that can be stated at once. */
const personsPerStatement = 3000;
/** Rounds at one start; what is left then is stated at the next. */
const roundsMax = 2000;

/**
 * States anew, in the transaction of the change, who was contacted and with whom one worked (`contacted`, `worked_with`, `campaigns_count`), so
 * that search and matching know it; takes it back from whom it no longer holds of.
 */
export async function stateRelations(
  infra: Infra,
  tx: Tx,
  about: { workspaceId: string; personIds: readonly string[] },
): Promise<void> {
  const { workspaceId } = about;
  const personIds = [...new Set(about.personIds)];
  if (personIds.length === 0) return;
  await lockRelations(tx, workspaceId);
  for (let from = 0; from < personIds.length; from += personsPerStatement) {
    const part = personIds.slice(from, from + personsPerStatement);
    const relations = new Map((await selectRelations(tx, workspaceId, part)).map((row) => [row.person_id, row]));
    const facts = part.flatMap((personId) => {
      const { contacted, worked } = relations.get(personId) ?? { contacted: 0, worked: 0 };
      return [
        { personId, name: 'contacted', value: contacted > 0 ? true : null },
        { personId, name: 'worked_with', value: worked > 0 ? true : null },
        { personId, name: 'campaigns_count', value: worked > 0 ? worked : null },
      ];
    });
    await stateFacts(infra, tx, { workspaceId, statedBy: 'campaigns', facts });
  }
}

/** States the relations of creators who were on campaigns before these were stated. Each part is one transaction: a stop in between loses none. */
export async function stateDueRelations(infra: Infra): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) {
    const taken = await infra.db.asSystem(async (tx) => {
      const due = await takeDueRelations(tx, personsPerStatement);
      const [first] = due;
      if (first === undefined) return 0;
      const personIds = due.map((row) => row.person_id);
      await stateRelations(infra, tx, { workspaceId: first.workspace_id, personIds });
      return due.length;
    });
    if (taken === 0) return;
  }
}
