import type { Client } from '#client/client.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import { type Campaign, getCampaign, listCampaigns } from '#modules/campaigns/api.ts';

const pagesMax = 100;

/** All campaigns, newest first. */
export async function allCampaigns(client: Client, query?: string): Promise<Campaign[]> {
  const rows: Campaign[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const answer = await client.call(listCampaigns, {
      limit: 100,
      ...(query === undefined ? {} : { query }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    rows.push(...answer.rows);
    if (answer.nextCursor === null) break;
    cursor = answer.nextCursor;
  }
  return rows;
}

/** The campaign with that id, else the only one with that name. Errors: not_found, cli.ambiguous_name. */
export async function findCampaign(client: Client, idOrName: string): Promise<Campaign> {
  if (idOrName.startsWith('cmp_')) return client.call(getCampaign, { campaignId: idOrName });
  const named = (await allCampaigns(client, idOrName)).filter(
    (row) => row.name.toLowerCase() === idOrName.toLowerCase(),
  );
  const [first, second] = named;
  if (second !== undefined)
    throw new AppError(
      'invalid',
      'cli.ambiguous_name',
      `${named.length} campaigns are called "${idOrName}". Use an id: ${named.map((row) => row.id).join(', ')}.`,
    );
  if (first === undefined) throw notFound('campaign');
  return first;
}

/** "12.50 EUR" */
export function say(money: MoneyJson): string {
  return `${formatAmount(fromMoneyJson(money))} ${money.currency}`;
}
