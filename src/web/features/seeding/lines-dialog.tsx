import { Button, Modal, NumberInput } from '@mantine/core';
import { useState } from 'react';
import {
  choosePick,
  editPick,
  listProducts,
  type Product,
  type SeedingPlan,
  type SeedingRow,
} from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { Money } from '#web/ui/money.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { seedingNouns } from './words.ts';

const productsMax = 500;

/** Chooses for a creator, or changes what was chosen. Limits do not bind the brand, stock does. */
export function LinesDialog({ plan, row, onClose }: { plan: SeedingPlan; row: SeedingRow; onClose: () => void }) {
  const query = useApiQuery(listProducts, { limit: productsMax });
  const offered = new Set(plan.choices.map((choice) => choice.product.id));
  const isEdit =
    row.pick !== null && !row.pick.isSent && row.pick.state !== 'rejected' && row.pick.state !== 'cancelled';
  return (
    <Modal
      opened
      onClose={onClose}
      title={isEdit ? `Change what ${row.name} gets` : `Choose for ${row.name}`}
      size="lg"
    >
      <QueryState query={query}>
        {({ rows }) => (
          <Lines
            // What the campaign offers first.
            products={rows.toSorted((a, b) => Number(offered.has(b.id)) - Number(offered.has(a.id)))}
            row={row}
            isEdit={isEdit}
            onClose={onClose}
          />
        )}
      </QueryState>
    </Modal>
  );
}

function Lines({
  products,
  row,
  isEdit,
  onClose,
}: {
  products: Product[];
  row: SeedingRow;
  isEdit: boolean;
  onClose: () => void;
}) {
  const before = new Map(isEdit ? (row.pick?.lines.map((line) => [line.variantId, line.quantity] as const) ?? []) : []);
  const [wanted, setWanted] = useState<ReadonlyMap<string, number>>(before);
  const done = {
    invalidate: seedingNouns,
    onSuccess: () => {
      sayDone('Saved');
      onClose();
    },
  };
  const edit = useApiMutation(editPick, done);
  const choose = useApiMutation(choosePick, done);
  const lines = [...wanted]
    .filter(([, quantity]) => quantity > 0)
    .map(([variantId, quantity]) => ({ variantId, quantity }));
  const error = edit.error ?? choose.error;
  const save = () => {
    if (isEdit && row.pick !== null) edit.mutate({ pickId: row.pick.id, lines });
    else choose.mutate({ enrolmentId: row.enrolmentId, lines });
  };
  return (
    <div className="form">
      {error !== null && <FormAlert>{messageOf(error)}</FormAlert>}
      <ul className="seeding-links">
        {products.flatMap((product) =>
          product.variants.map((variant) => {
            const left = variant.available === null ? null : variant.available + (before.get(variant.id) ?? 0);
            return (
              <li key={variant.id} className="spread">
                <div>
                  <b>{product.name}</b> {variant.title}
                  <span className="meta block">
                    {left === null ? 'stock not counted' : left === 0 ? 'sold out' : `${left} available`} ·{' '}
                    <Money value={variant.cost} missing="cost not known" />
                  </span>
                </div>
                <NumberInput
                  w={88}
                  aria-label={`Pieces of ${product.name} ${variant.title}`}
                  min={0}
                  max={left === null ? 100 : Math.min(100, left)}
                  disabled={left === 0}
                  allowDecimal={false}
                  value={wanted.get(variant.id) ?? 0}
                  onChange={(value) => setWanted(new Map(wanted).set(variant.id, Number(value) || 0))}
                />
              </li>
            );
          }),
        )}
      </ul>
      {products.length === 0 && <p>The catalogue is empty.</p>}
      <div className="acts">
        <Button variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
        <Button
          variant="filled"
          disabled={lines.length === 0}
          loading={edit.isPending || choose.isPending}
          onClick={save}
        >
          Save
        </Button>
      </div>
    </div>
  );
}
