import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { isKnownCurrency } from '#kernel/money.ts';
import type { FileAnswer, importOrders as importEndpoint } from '../api.ts';
import { trackingError } from '../errors.ts';
import { errorsListedMax } from '../import-file.ts';
import { selectOrderImportErrors } from '../queries/order-imports.ts';
import { planOrderColumns } from '../rules/plan-order-columns.ts';
import { getOrderImport } from './read-order-imports.ts';
import { runOrderImport } from './run-order-import.ts';
import { beginOrderImport } from './start-order-import.ts';
import { keepOrderFile, toMapping } from './upload-order-file.ts';

/**
 * Imports a file of orders in one call: the run an upload and a start make, waited for. A caller that goes away leaves a run that goes on.
 * Rows at fault are told and left out, the rest is stored; the same file again changes nothing. Errors: tracking.bad_file, not_found, source_revoked.
 */
export async function importOrders(infra: Infra, call: Call<typeof importEndpoint>): Promise<FileAnswer> {
  const { input, workspaceId } = call;
  const currency = input.currency?.toUpperCase() ?? null;
  if (currency !== null && !isKnownCurrency(currency)) {
    throw trackingError('bad_file', `"${currency}" is no ISO 4217 currency code. Use one such as USD, EUR or JPY.`, [
      { field: 'currency', message: 'Not known' },
    ]);
  }
  const { importId, look } = await keepOrderFile(infra, call);
  // What was said of this source's files once holds here too, unless the call says a currency of its own.
  const mapping =
    currency === null
      ? undefined
      : toMapping(planOrderColumns(look.columns, null), { columns: [], currency, dateOrder: null });
  await beginOrderImport(infra, {
    ...call,
    input: { importId, sourceId: input.sourceId, mapping, isRemembered: false },
  });
  await runOrderImport(infra, { workspaceId, importId });
  const run = await getOrderImport(infra, { ...call, input: { importId } });
  if (run.state === 'failed') throw trackingError('bad_file', run.error ?? 'The file could not be read.');
  const errors = await infra.db.inWorkspace(workspaceId, (tx) =>
    selectOrderImportErrors(tx, { workspaceId, id: importId, limit: errorsListedMax, after: null }),
  );
  const { failed: _, ...counts } = run.counts;
  return { ...counts, errors };
}
