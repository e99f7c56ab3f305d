import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Person } from '#modules/creators/api.ts';
import { getPerson, updatePerson } from '#modules/creators/index.ts';
import type { getPortalMe, PortalMe, updatePortalMe } from './api.ts';
import { accountOf } from './manage-account.ts';
import { whoIsIn } from './who-is-in.ts';

/** What the brand has of the creator as contact. */
export async function readMe(infra: Infra, call: Call<typeof getPortalMe>): Promise<PortalMe> {
  const { workspaceId, actor } = call;
  const person = await infra.db.inWorkspace(workspaceId, (tx) => getPerson(tx, workspaceId, actor.id));
  return toMe(person, await hasAccount(infra, call));
}

/** Their own word stands over what was imported. Errors: portal.account_needed for e-mail addresses; as creators.update. */
export async function changeMe(infra: Infra, call: Call<typeof updatePortalMe>): Promise<PortalMe> {
  const { emails, ...rest } = call.input;
  if (emails !== undefined) await accountOf(infra, call);
  const input = { personId: call.actor.id, ...rest, ...(emails === undefined ? {} : { emails }) };
  const person = await updatePerson(infra, { ...call, input });
  return toMe(person, await hasAccount(infra, call));
}

async function hasAccount(infra: Infra, call: Call): Promise<boolean> {
  const inside = await whoIsIn(infra, call.request);
  return inside?.ways.some((way) => way.workspace_id === call.workspaceId && way.by_account) ?? false;
}

function toMe(person: Person, isWithAccount: boolean): PortalMe {
  const { name, country, region, city, website, languages, emails, phones } = person;
  return {
    personId: person.id,
    ...{ name, country, region, city, website, languages, emails, phones },
    profiles: person.profiles.map((profile) => ({
      id: profile.id,
      platform: profile.platform,
      handle: profile.handle,
      followers: profile.followers,
      source: (profile.provenance.followers ?? profile.provenance['*'])?.source ?? profile.source,
      asOf: (profile.provenance.followers ?? profile.provenance['*'])?.at ?? null,
    })),
    hasAccount: isWithAccount,
  };
}
