import type { PortalPart } from '#web/portal/shell/part.ts';

export const part: PortalPart = {
  name: 'seeding',
  routes: [
    {
      path: '/seeding/$enrolmentId',
      title: 'Your product',
      load: () => import('./offer-page.tsx').then((page) => page.OfferPage),
    },
  ],
  home: { order: 30, load: () => import('./parcels-section.tsx').then((page) => page.ParcelsSection) },
};
