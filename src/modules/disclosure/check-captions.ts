import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import {
  type checkCaption,
  checkDisclosure,
  type checkDisclosureHistory,
  type DisclosureHistory,
  type DisclosureVerdict,
  sumHistory,
} from './api.ts';
import { readSettings } from './queries.ts';
import { countryDefault } from './record-evidence.ts';

/** What a workspace checks by where a caller says nothing. */
export interface HouseRules {
  country: string;
  strictness: 'standard' | 'strict';
  wording: Record<string, string>;
}

/** The workspace's first country, strictness and own labels, for callers of `checkDisclosure`. */
export async function houseRules(tx: Tx, workspaceId: string): Promise<HouseRules> {
  const { countries, strictness, wording } = await readSettings(tx, workspaceId);
  return { country: countries[0] ?? countryDefault, strictness, wording };
}

/** Checks one caption by the workspace's rules; nothing is kept. */
export async function checkOne(infra: Infra, call: Call<typeof checkCaption>): Promise<DisclosureVerdict> {
  const house = await infra.db.inWorkspace(call.workspaceId, (tx) => houseRules(tx, call.workspaceId));
  const { country, ...input } = call.input;
  return checkDisclosure({ ...house, ...input, country: country ?? house.country });
}

/** Checks many posts of one creator and sums them up; nothing is kept. */
export async function checkHistory(
  infra: Infra,
  call: Call<typeof checkDisclosureHistory>,
): Promise<DisclosureHistory> {
  const house = await infra.db.inWorkspace(call.workspaceId, (tx) => houseRules(tx, call.workspaceId));
  return sumHistory(call.input.posts, call.input.country ?? house.country);
}
