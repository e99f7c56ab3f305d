import type { Selectable } from 'kysely';
import type { PortalAccount } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type AccountRow = Selectable<PortalAccount>;

/** System role. */
export function accountById(tx: Tx, accountId: string): Promise<AccountRow | undefined> {
  return tx.selectFrom('portal_account').selectAll().where('id', '=', accountId).executeTakeFirst();
}
