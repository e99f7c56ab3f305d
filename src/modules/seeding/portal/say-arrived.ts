import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { portalParcelArrived as arrivedEndpoint, SeedingOffer } from '../api.ts';
import { seedingError } from '../errors.ts';
import { holdParcels } from '../parcels/change-parcels.ts';
import { recordNews } from '../parcels/record-parcel.ts';
import { readOffer } from '../picks/submit-pick.ts';
import { selectParcelsOfPerson } from '../queries/parcels.ts';
import { getOffer } from './read-offer.ts';

/** A creator says that the parcel has arrived; again changes nothing. Errors: not_found, not_shipped. */
export async function sayArrived(infra: Infra, call: Call<typeof arrivedEndpoint>): Promise<SeedingOffer> {
  const { workspaceId, input, actor } = call;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { newest } = await readOffer(infra, tx, { workspaceId, personId: actor.id, enrolmentId: input.enrolmentId });
    const own = (await selectParcelsOfPerson(tx, workspaceId, actor.id)).find((row) => row.pick_id === newest?.id);
    const [parcel] = own === undefined ? [] : await holdParcels(tx, workspaceId, [own.id]);
    const states = ['ordered', 'packed', 'shipped', 'delivered', 'lost'];
    if (parcel === undefined || !states.includes(parcel.state))
      throw seedingError('not_shipped', 'There is no parcel on its way to you.');
    await recordNews(infra, tx, { frame: call, parcel, source: 'creator', news: [{ kind: 'delivered', at: null }] });
  });
  return getOffer(infra, call);
}
