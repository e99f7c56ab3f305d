import type { Infra } from '#infra/module.ts';
import { searchFields } from './api.ts';
import { discoveryError } from './errors.ts';
import type { IndexHost } from './index-host.ts';
import { readTiers } from './read-tiers.ts';
import { fieldOf } from './rules/field-kind.ts';
import { didYouMean } from './rules/near-miss.ts';

/** Known values of a field that hold the letters, most common first, with how many creators have each. */
export async function findValues(
  infra: Infra,
  host: IndexHost,
  asked: { workspaceId: string; field: string; text: string; limit: number },
): Promise<{ values: { value: string; count: number }[] }> {
  const { workspaceId, field } = asked;
  const kind = fieldOf(field)?.kind;
  if ((kind !== 'set' && kind !== 'fact') || field === 'creator' || field === 'list') {
    const message = `no values to choose from for '${field}', ${didYouMean(field, Object.keys(searchFields))}`;
    throw discoveryError('query', message, [{ field: 'field', message: 'takes a field whose values are words' }]);
  }
  const tiers = await infra.db.inWorkspace(workspaceId, (tx) => readTiers(tx, workspaceId));
  const letters = asked.text.trim().toLowerCase();
  const values = await host.values(workspaceId, field, tiers);
  return { values: values.filter(({ value }) => value.toLowerCase().includes(letters)).slice(0, asked.limit) };
}
