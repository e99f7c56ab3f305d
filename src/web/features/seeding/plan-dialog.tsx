import { Button, Checkbox, Modal, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import { getCampaign } from '#modules/campaigns/api.ts';
import { listProducts, type Product, type SeedingPlan, saveSeedingPlan } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { Money } from '#web/ui/money.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { amountProblem, readAmount, seedingNouns } from './words.ts';

const productsMax = 500;

/** Which products creators may choose, and how much of them. */
export function PlanDialog({ plan, onClose }: { plan: SeedingPlan; onClose: () => void }) {
  const campaign = useApiQuery(getCampaign, { campaignId: plan.campaignId });
  const products = useApiQuery(listProducts, { limit: productsMax });
  return (
    <Modal opened onClose={onClose} title="Products and limits" size="xl">
      <QueryState query={campaign}>
        {({ currency }) => (
          <QueryState query={products}>
            {({ rows }) => <PlanForm plan={plan} currency={currency} products={rows} onClose={onClose} />}
          </QueryState>
        )}
      </QueryState>
    </Modal>
  );
}

interface Chosen {
  productId: string;
  eachMax: number;
  variantIds: string[] | null;
}

const decimal = (money: MoneyJson | null) => (money === null ? '' : formatAmount(fromMoneyJson(money)));

function PlanForm({
  plan,
  currency,
  products,
  onClose,
}: {
  plan: SeedingPlan;
  currency: string;
  products: Product[];
  onClose: () => void;
}) {
  const save = useApiMutation(saveSeedingPlan, { invalidate: seedingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      isOpen: plan.state === 'open' || plan.choices.length === 0,
      itemsMax: plan.itemsMax as number | string,
      valueMax: decimal(plan.valueMax),
      unitsMax: (plan.unitsMax ?? '') as number | string,
      isObliged: plan.isObliged ? 'yes' : 'no',
      postWithinDays: plan.postWithinDays as number | string,
      nudgeAfterDays: (plan.nudgeAfterDays ?? '') as number | string,
      pickUntil: plan.pickUntil ?? '',
      needsApproval: plan.needsApproval,
      note: plan.note ?? '',
      sender: plan.sender ?? '',
      shippingCost: decimal(plan.shippingCost),
      choices: plan.choices.map(
        ({ product, eachMax, variantIds }): Chosen => ({ productId: product.id, eachMax, variantIds }),
      ),
    },
    validate: {
      valueMax: (text) => amountProblem(text, currency),
      shippingCost: (text) => amountProblem(text, currency),
    },
    send: async (values) => {
      const whole = (value: number | string) => (value === '' ? null : Number(value));
      await save.mutateAsync({
        campaignId: plan.campaignId,
        state: values.isOpen ? 'open' : 'closed',
        itemsMax: whole(values.itemsMax) ?? 1,
        valueMax: readAmount(values.valueMax, currency),
        unitsMax: whole(values.unitsMax),
        isObliged: values.isObliged === 'yes',
        postWithinDays: whole(values.postWithinDays) ?? 21,
        nudgeAfterDays: whole(values.nudgeAfterDays),
        pickUntil: values.pickUntil === '' ? null : values.pickUntil,
        needsApproval: values.needsApproval,
        note: values.note.trim() === '' ? null : values.note,
        sender: values.sender.trim() === '' ? null : values.sender,
        shippingCost: readAmount(values.shippingCost, currency),
        choices: values.choices,
      });
      sayDone('Saved');
      onClose();
    },
  });
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {failure !== null && <FormAlert>{failure}</FormAlert>}
      <Products
        products={products}
        chosen={form.values.choices}
        onChange={(choices) => form.setFieldValue('choices', choices)}
      />
      <div className="seeding-two">
        <NumberInput
          label="Pieces a creator"
          description="Over all products"
          required
          min={1}
          max={100}
          allowDecimal={false}
          {...form.getInputProps('itemsMax')}
        />
        <TextInput
          label={`Value a creator, ${currency}`}
          description="At cost of goods; empty is no limit"
          inputMode="decimal"
          {...form.getInputProps('valueMax')}
        />
        <NumberInput
          label="Pieces in all"
          description="Over all creators; empty is no limit"
          min={1}
          allowDecimal={false}
          {...form.getInputProps('unitsMax')}
        />
        <TextInput
          label="Choose until"
          description="Empty: as long as it is open"
          type="date"
          {...form.getInputProps('pickUntil')}
        />
        <Select
          label="In return"
          description="A gift has to be disclosed too"
          allowDeselect={false}
          data={[
            { value: 'no', label: 'A gift, no obligation to post' },
            { value: 'yes', label: 'A post is agreed' },
          ]}
          {...form.getInputProps('isObliged')}
        />
        <NumberInput
          label="Post expected within days"
          description="After delivery"
          required
          min={1}
          max={365}
          allowDecimal={false}
          {...form.getInputProps('postWithinDays')}
        />
        <NumberInput
          label="Remind after days"
          description="Once, without a post; empty: never"
          min={1}
          max={180}
          allowDecimal={false}
          {...form.getInputProps('nudgeAfterDays')}
        />
        <TextInput
          label={`Usual postage, ${currency}`}
          description="Where none is entered"
          inputMode="decimal"
          {...form.getInputProps('shippingCost')}
        />
      </div>
      <Textarea
        label="What creators read above the products"
        autosize
        minRows={2}
        maxLength={1000}
        {...form.getInputProps('note')}
      />
      <Textarea
        label="Return address on labels"
        autosize
        minRows={2}
        maxLength={500}
        {...form.getInputProps('sender')}
      />
      <Switch label="I approve each choice" {...form.getInputProps('needsApproval', { type: 'checkbox' })} />
      <Switch label="Open for choices" {...form.getInputProps('isOpen', { type: 'checkbox' })} />
      <div className="acts">
        <Button variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" variant="filled" loading={isBusy}>
          Save
        </Button>
      </div>
    </form>
  );
}

function Products({
  products,
  chosen,
  onChange,
}: {
  products: Product[];
  chosen: Chosen[];
  onChange: (next: Chosen[]) => void;
}) {
  if (products.length === 0)
    return (
      <p>
        The catalogue is empty. <AppLink to="/products">Add products</AppLink> or{' '}
        <AppLink to="/settings/shops">connect a shop</AppLink> first.
      </p>
    );
  const of = new Map(chosen.map((one) => [one.productId, one]));
  const toggle = (product: Product, isOn: boolean) =>
    onChange(
      isOn
        ? [...chosen, { productId: product.id, eachMax: 1, variantIds: null }]
        : chosen.filter((one) => one.productId !== product.id),
    );
  const change = (productId: string, change: Partial<Chosen>) =>
    onChange(chosen.map((one) => (one.productId === productId ? { ...one, ...change } : one)));
  return (
    <fieldset className="seeding-choices">
      <legend>Products they may choose</legend>
      <ul>
        {products.map((product) => {
          const one = of.get(product.id);
          return (
            <li key={product.id}>
              <div className="spread">
                <Checkbox
                  label={product.name}
                  checked={one !== undefined}
                  onChange={(event) => toggle(product, event.currentTarget.checked)}
                />
                <span className="meta">
                  {sayStock(product)} · <Money value={product.variants[0]?.cost ?? null} missing="cost not known" />
                </span>
              </div>
              {one !== undefined && (
                <OneChoice product={product} one={one} onChange={(next) => change(product.id, next)} />
              )}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

function OneChoice({
  product,
  one,
  onChange,
}: {
  product: Product;
  one: Chosen;
  onChange: (next: Partial<Chosen>) => void;
}) {
  const ids = one.variantIds ?? product.variants.map((variant) => variant.id);
  return (
    <div className="seeding-variants">
      {product.variants.length > 1 &&
        product.variants.map((variant) => (
          <Checkbox
            key={variant.id}
            size="xs"
            label={variant.title || variant.sku || 'Only variant'}
            checked={ids.includes(variant.id)}
            // The last one cannot be taken off: take off the product instead.
            disabled={ids.length === 1 && ids.includes(variant.id)}
            onChange={(event) => {
              const next = event.currentTarget.checked ? [...ids, variant.id] : ids.filter((id) => id !== variant.id);
              onChange({ variantIds: next.length === product.variants.length ? null : next });
            }}
          />
        ))}
      <NumberInput
        size="xs"
        label="At most"
        min={1}
        max={100}
        allowDecimal={false}
        value={one.eachMax}
        onChange={(value) => onChange({ eachMax: Number(value) || 1 })}
      />
    </div>
  );
}

function sayStock(product: Product): string {
  const counts = product.variants.map((variant) => variant.available);
  if (counts.some((count) => count === null)) return 'stock not counted';
  const sum = counts.reduce<number>((total, count) => total + (count ?? 0), 0);
  return sum === 0 ? 'sold out' : `${sum} available`;
}
