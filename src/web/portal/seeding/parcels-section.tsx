import { IconChevronRight, IconGift } from '@tabler/icons-react';
import { portalListOffers } from '#modules/seeding/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { words } from './words.ts';

/** Products to choose and parcels on their way; nothing without any. */
export function ParcelsSection() {
  const { data } = useApiQuery(portalListOffers, {});
  if (data === undefined || data.length === 0) return null;
  return (
    <section aria-labelledby="ps-home">
      <header>
        <h2 id="ps-home">{words.home}</h2>
      </header>
      <ul className="ph-list">
        {data.map((offer) => (
          <li key={offer.enrolmentId}>
            <PortalLink to="/seeding/$enrolmentId" params={{ enrolmentId: offer.enrolmentId }}>
              <IconGift className="i" size={20} stroke={1.6} aria-hidden />
              <div className="grow">
                <b>{offer.product ?? offer.campaignName}</b>
                <span className="meta">{words.steps[offer.step]}</span>
              </div>
              <IconChevronRight className="i" size={16} stroke={1.6} aria-hidden />
            </PortalLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
