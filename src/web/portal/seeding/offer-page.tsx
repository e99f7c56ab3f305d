import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { portalGetOffer, portalParcelArrived, type SeedingOffer } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { useBrand, useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { AddressCard } from './address-card.tsx';
import { ChooseCards } from './choose-cards.tsx';
import { NoPostCard } from './no-post-card.tsx';
import { stepsOf, words } from './words.ts';
import './seeding.css';

/** One campaign's products for one creator: choose, say where to, follow the parcel. */
export function OfferPage() {
  const { enrolmentId = '' } = useParams({ strict: false });
  const query = useApiQuery(portalGetOffer, { enrolmentId });
  return <QueryState query={query}>{(offer) => <Offer offer={offer} />}</QueryState>;
}

function Offer({ offer }: { offer: SeedingOffer }) {
  const { pick, shipment } = offer;
  const [isChanging, setChanging] = useState(false);
  const isChosen = pick !== null && (pick.state === 'submitted' || pick.state === 'approved');
  const mayChange = isChosen && pick.state === 'submitted' && offer.canPick;
  const title =
    shipment?.state === 'delivered'
      ? words.arrived
      : isChosen
        ? words.chosen
        : pick?.state === 'rejected'
          ? words.choose.again
          : words.choose.title;
  return (
    <>
      <header>
        <p className="meta">{offer.campaignName}</p>
        <h1>{title}</h1>
      </header>
      {pick?.state === 'rejected' && <p className="ps-reason">{pick.reason}</p>}
      {offer.note !== null && !isChosen && <p className="ph-text">{offer.note}</p>}
      {isChosen && !isChanging && <Chosen offer={offer} mayChange={mayChange} onChange={() => setChanging(true)} />}
      {(!isChosen || isChanging) &&
        (offer.canPick ? (
          <ChooseCards offer={offer} onDone={() => setChanging(false)} />
        ) : (
          <p className="ph-card">{offer.closedReason}</p>
        ))}
      {shipment?.state === 'delivered' && !offer.hasPosted && <AfterArrival offer={offer} />}
      <AddressCard known={offer.address} consentText={offer.consentText} />
      <Terms offer={offer} />
    </>
  );
}

function Chosen({ offer, mayChange, onChange }: { offer: SeedingOffer; mayChange: boolean; onChange: () => void }) {
  const { pick, shipment } = offer;
  const isPreview = useIsPreview();
  const { timeZone } = useBrand();
  const arrived = useApiMutation(portalParcelArrived, {
    invalidate: ['portalSeeding', 'portalHome', 'portal'],
    onSuccess: () => sayDone('Thank you'),
    onError: (error) => sayFailed('Not noted', error),
  });
  const steps = stepsOf(offer);
  const canArrive = shipment !== null && ['ordered', 'packed', 'shipped'].includes(shipment.state);
  return (
    <section className="ph-card" aria-label={words.chosen}>
      <ul>
        {pick?.lines.map((line) => (
          <li key={line.variantId}>
            <b>
              {line.quantity > 1 && `${line.quantity} × `}
              {line.productName}
            </b>{' '}
            <span className="meta">{line.variantTitle}</span>
          </li>
        ))}
      </ul>
      <ol className="ph-steps" style={{ gridTemplateColumns: `repeat(${steps.length}, 1fr)` }} aria-label="Where it is">
        {steps.map((step) => (
          <li
            key={step.label}
            className={step.state === 'open' ? undefined : step.state}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <i aria-hidden="true" />
            {step.label}
          </li>
        ))}
      </ol>
      {shipment === null && <p className="ink-2">{pick?.state === 'approved' ? words.approved : words.waiting}</p>}
      {shipment?.trackingNumber != null && (
        <p>
          {shipment.carrier ?? 'Tracking'}{' '}
          {shipment.trackingUrl === null ? (
            <b>{shipment.trackingNumber}</b>
          ) : (
            <a href={shipment.trackingUrl} target="_blank" rel="noreferrer">
              {shipment.trackingNumber}
            </a>
          )}
        </p>
      )}
      {shipment?.postExpectedBy != null && offer.isObliged && (
        <p>
          We look forward to your post until <b>{formatDate(shipment.postExpectedBy, timeZone)}</b>.
        </p>
      )}
      {canArrive && (
        <Button
          variant="filled"
          disabled={isPreview}
          loading={arrived.isPending}
          onClick={() => arrived.mutate({ enrolmentId: offer.enrolmentId })}
        >
          {words.arrived}
        </Button>
      )}
      {mayChange && (
        <Button disabled={isPreview} onClick={onChange}>
          {words.choose.change}
        </Button>
      )}
    </section>
  );
}

/** What comes after a parcel: where the address of a post is given, and the way out for who will not post. */
function AfterArrival({ offer }: { offer: SeedingOffer }) {
  return (
    <section className="ps-after" aria-label={words.posted}>
      <PortalLink to="/submissions" className="link">
        {words.posted}
      </PortalLink>
      <NoPostCard offer={offer} />
    </section>
  );
}

function Terms({ offer }: { offer: SeedingOffer }) {
  return (
    <section>
      <header>
        <h2>{words.disclose}</h2>
      </header>
      <p className="ink-2">
        {offer.isObliged ? words.obliged(offer.postWithinDays) : words.gift} {offer.disclosure}
      </p>
    </section>
  );
}
