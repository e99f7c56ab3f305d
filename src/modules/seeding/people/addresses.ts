import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import {
  addressConsent,
  type getAddress as getEndpoint,
  type KnownAddress,
  memberConsent,
  type PostalAddress,
  type portalGetAddress as portalGetEndpoint,
  type portalRemoveAddress as portalRemoveEndpoint,
  type portalSaveAddress as portalSaveEndpoint,
  type removeAddress as removeEndpoint,
  type saveAddress as saveEndpoint,
} from '../api.ts';
import { seedingError } from '../errors.ts';
import { addressGiven } from '../events.ts';
import { type Frame, record } from '../frame.ts';
import { wakeForAddress } from '../queries/parcels.ts';
import {
  type AddressRow,
  clearParcelAddresses,
  deleteAddresses,
  selectAddresses,
  upsertAddress,
} from '../queries/people.ts';
import { readAddress } from '../rules/read-address.ts';

/** Where a creator gets parcels, or null. Error: not_found. */
export async function getAddress(infra: Infra, call: Call<typeof getEndpoint>): Promise<KnownAddress | null> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await checkPerson(tx, workspaceId, input.personId);
    return knownAddress(tx, workspaceId, input.personId);
  });
}

export async function knownAddress(tx: Tx, workspaceId: string, personId: string): Promise<KnownAddress | null> {
  const [row] = await selectAddresses(tx, workspaceId, [personId]);
  return row === undefined ? null : toKnown(row);
}

function toKnown(row: AddressRow): KnownAddress {
  return {
    address: row.address,
    givenBy: row.given_by,
    consentText: row.consent_text,
    consentedAt: row.consented_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

async function checkPerson(tx: Tx, workspaceId: string, personId: string): Promise<void> {
  const card = (await readPersonCards(tx, workspaceId, [personId])).get(personId);
  if (card === undefined || card.personId !== personId) throw notFound('creator');
}

/** Enters the address a creator gave by other ways. Errors: not_found, bad_address. */
export async function saveAddress(infra: Infra, call: Call<typeof saveEndpoint>): Promise<KnownAddress> {
  const { personId, address } = call.input;
  return keepAddress(infra, { frame: call, personId, address, givenBy: 'member' });
}

/** A creator says where parcels should go. Error: bad_address. */
export async function savePortalAddress(infra: Infra, call: Call<typeof portalSaveEndpoint>): Promise<KnownAddress> {
  return keepAddress(infra, { frame: call, personId: call.actor.id, address: call.input.address, givenBy: 'creator' });
}

async function keepAddress(
  infra: Infra,
  of: { frame: Frame; personId: string; address: PostalAddress; givenBy: 'creator' | 'member' },
): Promise<KnownAddress> {
  const { frame, personId, givenBy } = of;
  const { workspaceId } = frame;
  const { address, faults } = readAddress(of.address);
  const [fault] = faults;
  if (fault !== undefined)
    throw seedingError(
      'bad_address',
      `The address cannot be taken: ${fault.message}.`,
      faults.map((one) => ({ field: `address.${one.field}`, message: one.message })),
    );
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await checkPerson(tx, workspaceId, personId);
    const now = infra.clock.now();
    const consent = givenBy === 'creator' ? addressConsent : memberConsent;
    const row: AddressRow = {
      person_id: personId,
      address,
      given_by: givenBy,
      consent_text: consent,
      consented_at: now,
      updated_at: now,
    };
    await upsertAddress(tx, workspaceId, row);
    await wakeForAddress(tx, workspaceId, { personId, address, now });
    // The address itself is in neither trail nor event: both outlive it.
    await record(infra, tx, {
      frame,
      action: addressGiven,
      subject: { kind: 'creator', id: personId },
      changes: { givenBy, country: address.country },
      payload: { personId },
    });
    return toKnown(row);
  });
}

/** Deletes the address of a creator; parcels on their way keep theirs until they arrive. Error: not_found. */
export async function removeAddress(infra: Infra, call: Call<typeof removeEndpoint>): Promise<null> {
  return forgetAddress(infra, { frame: call, personId: call.input.personId });
}

export async function removePortalAddress(infra: Infra, call: Call<typeof portalRemoveEndpoint>): Promise<null> {
  return forgetAddress(infra, { frame: call, personId: call.actor.id });
}

export async function getPortalAddress(
  infra: Infra,
  call: Call<typeof portalGetEndpoint>,
): Promise<KnownAddress | null> {
  return infra.db.inWorkspace(call.workspaceId, (tx) => knownAddress(tx, call.workspaceId, call.actor.id));
}

async function forgetAddress(infra: Infra, of: { frame: Frame; personId: string }): Promise<null> {
  const { frame, personId } = of;
  const { workspaceId } = frame;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    await checkPerson(tx, workspaceId, personId);
    await deleteAddresses(tx, workspaceId, [personId]);
    await clearParcelAddresses(tx, workspaceId, { personIds: [personId], which: 'ended' });
    const subject = { kind: 'creator', id: personId };
    await record(infra, tx, { frame, action: 'address.removed', event: null, subject, payload: { personId } });
  });
  return null;
}
