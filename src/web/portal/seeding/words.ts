import type { OutputOf } from '#kernel/endpoint.ts';
import type { portalListOffers, SeedingOffer } from '#modules/seeding/api.ts';

type Step = OutputOf<typeof portalListOffers>[number]['step'];

/** What the portal says of products and parcels. */
export const words = {
  home: 'Products for you',
  steps: {
    choose: 'Choose what you like',
    choose_again: 'Please choose again',
    address: 'Say where it should go',
    waiting: 'We have your choice',
    on_the_way: 'On its way to you',
    arrived: 'It has arrived',
  } satisfies Record<Step, string>,
  choose: {
    title: 'Choose what you like',
    again: 'Please choose again',
    send: 'Send my choice',
    change: 'Change my choice',
    keep: 'Keep my choice',
  },
  chosen: 'Your choice',
  left: (count: number) => (count === 1 ? 'only one left' : `at most ${count}`),
  pieces: (count: number, max: number) => `${count} of ${max} chosen`,
  tooMuch: 'Together this is more than can be given. Take something off.',
  soldOut: {
    title: 'Nothing to choose just now',
    text: 'Everything is sold out. Look again later, or write to the brand.',
  },
  notHere: 'is not sent to your country',
  note: 'A word to the brand',
  address: {
    title: 'Where it goes',
    save: 'Save my address',
    change: 'Change',
    remove: 'Delete my address',
    why: 'Only used to send you parcels.',
  },
  arrived: 'It has arrived',
  posted: 'I posted it: give the link',
  noPost: {
    open: 'I will not post about it',
    why: 'Why not?',
    said: 'You will not post about it:',
    send: 'Tell the brand',
    cancel: 'Leave it open',
    takeBack: 'I may post after all',
    thanks: 'Thank you for saying so',
  },
  gift: 'A gift: there is no obligation to post.',
  obliged: (days: number) => `In return a post is agreed within ${days} days after it arrived.`,
  disclose: 'If you post about it',
  waiting: 'We look at it and send it to you. You can change it until then.',
  approved: 'It is confirmed and will be sent.',
} as const;

const order = ['chosen', 'packed', 'shipped', 'delivered'] as const;
const labels = { chosen: 'Chosen', packed: 'Packed', shipped: 'On its way', delivered: 'Arrived' };

/** The way of a parcel as steps, each done, current or to come. */
export function stepsOf(offer: SeedingOffer): { label: string; state: 'done' | 'current' | 'open' }[] {
  const state = offer.shipment?.state;
  const at = state === 'delivered' ? 3 : state === 'shipped' ? 2 : state === 'packed' ? 1 : 0;
  return order.map((step, index) => ({
    label: labels[step],
    state: index < at || (index === at && at === 3) ? 'done' : index === at ? 'current' : 'open',
  }));
}
