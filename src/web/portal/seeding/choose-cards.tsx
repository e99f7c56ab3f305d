import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconMinus, IconPackage, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { portalPick, portalProductPicture, type SeedingOffer } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useClient } from '#web/api/use-client.ts';
import { useBrand, useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { sayDone } from '#web/ui/say.ts';
import { words } from './words.ts';

type Product = SeedingOffer['products'][number];
type Variant = Product['variants'][number];

/** The products as cards for a thumb: a variant each, pieces, and what the limits leave. */
export function ChooseCards({ offer, onDone }: { offer: SeedingOffer; onDone: () => void }) {
  const isPreview = useIsPreview();
  const before = offer.pick?.state === 'submitted' ? offer.pick.lines : [];
  const [wanted, setWanted] = useState<ReadonlyMap<string, number>>(
    new Map(before.map((line) => [line.variantId, line.quantity])),
  );
  const [note, setNote] = useState(offer.pick?.state === 'submitted' ? (offer.pick.note ?? '') : '');
  const pick = useApiMutation(portalPick, {
    invalidate: ['portalSeeding', 'portalHome', 'portal'],
    onSuccess: () => {
      sayDone('Thank you, we have your choice');
      onDone();
    },
  });
  if (offer.products.length === 0) return <EmptyState title={words.soldOut.title}>{words.soldOut.text}</EmptyState>;
  const variants = offer.products.flatMap((product) => product.variants);
  const count = [...wanted.values()].reduce((sum, pieces) => sum + pieces, 0);
  const weight = variants.reduce((sum, variant) => sum + variant.weight * (wanted.get(variant.id) ?? 0), 0);
  // Shares are fractions of a limit in whole minor units; sums of them may miss it by less than any unit.
  const isTooMuch = weight > 1 + 1e-9;
  const lines = [...wanted]
    .filter(([, quantity]) => quantity > 0)
    .map(([variantId, quantity]) => ({ variantId, quantity }));
  return (
    <section className="ps-products" aria-label={words.choose.title}>
      {offer.products.map((product) => (
        <ProductCard
          key={product.id}
          offer={offer}
          product={product}
          wanted={wanted}
          room={offer.itemsMax - count}
          onChange={(variant, pieces) => setWanted(new Map(wanted).set(variant.id, pieces))}
        />
      ))}
      <Textarea
        label={words.note}
        autosize
        minRows={2}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {pick.error !== null && <FormAlert>{messageOf(pick.error)}</FormAlert>}
      <div className="ps-send">
        <span className={isTooMuch ? 'ps-reason' : 'meta'} role="status">
          {isTooMuch ? words.tooMuch : words.pieces(count, offer.itemsMax)}
        </span>
        <Button
          variant="filled"
          fullWidth
          disabled={isPreview || count === 0 || isTooMuch}
          loading={pick.isPending}
          onClick={() =>
            pick.mutate({ enrolmentId: offer.enrolmentId, lines, note: note.trim() === '' ? null : note.trim() })
          }
        >
          {words.choose.send}
        </Button>
        {before.length > 0 && (
          <Button variant="subtle" color="gray" fullWidth onClick={onDone}>
            {words.choose.keep}
          </Button>
        )}
      </div>
    </section>
  );
}

interface CardProps {
  offer: SeedingOffer;
  product: Product;
  wanted: ReadonlyMap<string, number>;
  /** Pieces that may still be added in all. */
  room: number;
  onChange: (variant: Variant, pieces: number) => void;
}

function ProductCard({ offer, product, wanted, room, onChange }: CardProps) {
  const ofProduct = product.variants.reduce((sum, variant) => sum + (wanted.get(variant.id) ?? 0), 0);
  const isHere = product.shipsToMe !== false;
  return (
    <article className="ph-card ps-product" aria-label={product.name}>
      <Picture offer={offer} product={product} />
      <div className="ps-about">
        <h2>{product.name}</h2>
        {product.description !== null && <p className="meta">{product.description}</p>}
        {!isHere && (
          <p className="ps-reason">
            {product.name} {words.notHere}.
          </p>
        )}
        <ul className="ps-variants">
          {product.variants.map((variant) => {
            const pieces = wanted.get(variant.id) ?? 0;
            const canAdd =
              isHere && room > 0 && ofProduct < product.eachMax && (variant.left === null || pieces < variant.left);
            const name = variant.title === '' ? product.name : `${product.name}, ${variant.title}`;
            return (
              <li key={variant.id} className={pieces > 0 ? 'ps-on' : undefined}>
                <span className="ps-name">
                  {variant.title === '' ? 'One size' : variant.title}
                  {variant.left !== null && variant.left < product.eachMax && (
                    <span className="meta block">{words.left(variant.left)}</span>
                  )}
                </span>
                {pieces > 0 && (
                  <>
                    <ActionIcon
                      size={44}
                      variant="default"
                      aria-label={`One less of ${name}`}
                      onClick={() => onChange(variant, pieces - 1)}
                    >
                      <IconMinus size={18} />
                    </ActionIcon>
                    <output aria-label={`Pieces of ${name}`}>{pieces}</output>
                  </>
                )}
                <ActionIcon
                  size={44}
                  variant="default"
                  disabled={!canAdd}
                  aria-label={`${pieces === 0 ? 'Choose' : 'One more of'} ${name}`}
                  onClick={() => onChange(variant, pieces + 1)}
                >
                  <IconPlus size={18} />
                </ActionIcon>
              </li>
            );
          })}
        </ul>
      </div>
    </article>
  );
}

function Picture({ offer, product }: { offer: SeedingOffer; product: Product }) {
  const client = useClient();
  const { slug } = useBrand();
  if (product.pictureId === null)
    return (
      <span className="ps-picture ps-none" aria-hidden="true">
        <IconPackage size={32} stroke={1.4} />
      </span>
    );
  const input = {
    enrolmentId: offer.enrolmentId,
    productId: product.id,
    pictureId: product.pictureId,
    workspace: slug,
  };
  return <img className="ps-picture" alt="" src={client.url(portalProductPicture, input)} />;
}
