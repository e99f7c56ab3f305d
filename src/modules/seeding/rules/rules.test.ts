import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countryForms, shipmentEventKinds, tidyPostcode } from '../api.ts';
import { checkLimits, costOf, type WantedLine } from './check-limits.ts';
import { addressLines, readAddress } from './read-address.ts';
import { readProductRow } from './read-product-rows.ts';
import { readTrackingRow } from './read-tracking-rows.ts';
import { reportFigures, type SentParcel } from './report-figures.ts';
import { type ParcelFact, standOfParcel } from './stand-of-parcel.ts';

const fact = fc.record({
  kind: fc.constantFrom(...shipmentEventKinds),
  at: fc.integer({ min: 0, max: 50 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day))),
});

it('comes to the same end however news of a parcel arrive: late, repeated, in any order, one by one', () => {
  fc.assert(
    fc.property(
      fc
        .array(fact, { maxLength: 12 })
        .chain((facts) =>
          fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 })),
        ),
      ([facts, told]) => {
        expect(standOfParcel(told)).toEqual(standOfParcel(facts));
      },
    ),
  );
});

it('never goes back: more news of the way change nothing once a parcel has ended', () => {
  const step = fact.filter(({ kind }) => kind === 'ordered' || kind === 'packed' || kind === 'shipped');
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 8 }), fc.array(step, { maxLength: 8 }), (facts, late) => {
      const end = standOfParcel(facts).state;
      if (end !== 'delivered' && end !== 'returned' && end !== 'lost') return;
      expect(standOfParcel([...facts, ...late]).state).toBe(end);
    }),
  );
});

it('takes the last end over former ones, and no cancellation of what was shipped', () => {
  const on = (kind: ParcelFact['kind'], day: number): ParcelFact => ({ kind, at: new Date(Date.UTC(2026, 4, day)) });
  expect(standOfParcel([]).state).toBeNull();
  expect(standOfParcel([on('lost', 9), on('delivered', 12), on('shipped', 1)]).state).toBe('delivered');
  expect(standOfParcel([on('returned', 20), on('delivered', 12)]).state).toBe('returned');
  expect(standOfParcel([on('ordered', 1), on('cancelled', 2)]).state).toBe('cancelled');
  expect(standOfParcel([on('ordered', 1), on('cancelled', 2), on('shipped', 1)]).state).toBe('shipped');
});

const anAddress = { name: 'Nell Byrne', line1: '1 Main St', line2: '', city: 'Town', region: 'Region', phone: '' };

it('takes the example of each country, written with or without its separators, and refuses one of another shape', () => {
  for (const [country, form] of Object.entries(countryForms)) {
    if (form.postcode === null) continue;
    const { example, shape } = form.postcode;
    expect(shape.test(example), country).toBe(true);
    for (const typed of [example.toLowerCase(), example.replace(/[\s-]/g, ''), ` ${example} `])
      expect(tidyPostcode(country, typed), `${country} ${typed}`).toBe(example);
    expect(readAddress({ ...anAddress, country, postcode: example }).faults, country).toEqual([]);
    const { faults } = readAddress({ ...anAddress, country, postcode: 'X!' });
    expect(faults, country).toMatchObject([{ field: 'postcode', message: expect.stringContaining(example) }]);
  }
});

it('names every field of an address that is missing, and asks for a region only where parcels need one', () => {
  const empty = { name: '', line1: '', line2: '', city: '', region: '', postcode: '', phone: '', country: 'US' };
  expect(readAddress(empty).faults.map((fault) => fault.field)).toEqual([
    'name',
    'line1',
    'city',
    'region',
    'postcode',
  ]);
  expect(readAddress({ ...empty, country: 'XX' }).faults.at(-1)).toMatchObject({ field: 'country' });
  expect(readAddress({ ...anAddress, region: '', postcode: '', country: 'IE' }).faults).toEqual([]);
  expect(
    readAddress({ ...anAddress, region: '', postcode: '10115', country: 'DE', phone: 'ring me' }).faults,
  ).toMatchObject([{ field: 'phone' }]);
});

it('lets no control character, line break or turning mark of an address onto a label or into an order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const { address } = readAddress({ ...anAddress, line1: text, name: `A${text}`, postcode: '', country: 'AE' });
      for (const line of addressLines(address))
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

const line = (over: Partial<WantedLine> = {}): WantedLine => ({
  variantId: 'v',
  productId: 'p',
  name: 'Oat drink',
  quantity: 1,
  unitCostMinor: 500n,
  eachMax: 2,
  isOffered: true,
  available: 5,
  ...over,
});

it('allows a choice exactly when pieces, value, stock and what is left hold', () => {
  fc.assert(
    fc.property(
      fc.record({
        quantity: fc.integer({ min: 1, max: 6 }),
        available: fc.option(fc.integer({ min: 0, max: 6 })),
        itemsMax: fc.integer({ min: 1, max: 6 }),
        valueMaxMinor: fc.option(fc.bigInt({ min: 0n, max: 4000n })),
        unitsLeft: fc.option(fc.integer({ min: 0, max: 6 })),
        unitCostMinor: fc.option(fc.bigInt({ min: 0n, max: 1000n })),
      }),
      ({ quantity, available, itemsMax, valueMaxMinor, unitsLeft, unitCostMinor }) => {
        const wanted = line({ quantity, available, unitCostMinor, eachMax: 4 });
        const isAllowed =
          quantity <= 4 &&
          quantity <= itemsMax &&
          (available === null || quantity <= available) &&
          (unitsLeft === null || quantity <= unitsLeft) &&
          (valueMaxMinor === null || (unitCostMinor !== null && unitCostMinor * BigInt(quantity) <= valueMaxMinor));
        expect(checkLimits([wanted], { itemsMax, valueMaxMinor, unitsLeft }).length === 0).toBe(isAllowed);
      },
    ),
  );
});

it('counts two variants of a product together, and calls a sum unknown when one cost is', () => {
  const limits = { itemsMax: 9, valueMaxMinor: null, unitsLeft: null };
  const two = [line({ quantity: 1 }), line({ variantId: 'w', quantity: 2 })];
  expect(checkLimits(two, limits).map((fault) => fault.code)).toEqual(['each', 'each']);
  expect(costOf(two)).toBe(1500n);
  expect(costOf([...two, line({ unitCostMinor: null })])).toBeNull();
});

const now = new Date('2026-06-30T00:00:00Z');
const parcel = (at: number, over: Partial<SentParcel> = {}): SentParcel => ({
  personId: `p${at}`,
  enrolmentId: `e${at}`,
  units: 1,
  goodsMinor: 700n,
  shippingMinor: 300n,
  hasLeft: true,
  deliveredAt: new Date('2026-05-01T00:00:00Z'),
  isReturned: false,
  isLost: false,
  expectedBy: new Date('2026-05-22T00:00:00Z'),
  ...over,
});

it('counts a post rate over creators whose time is over, and costs over all that left', () => {
  const parcels = [1, 2, 3, 4, 5, 6].map((at) => parcel(at));
  const open = parcel(7, { expectedBy: new Date('2026-07-20T00:00:00Z') });
  const posts = new Map([
    ['e1', { posts: 2 }],
    ['e2', { posts: 1 }],
    ['e7', { posts: 1 }],
  ]);
  const figures = reportFigures([...parcels, open], posts, now);
  expect(figures.postRate).toMatchObject({ posted: 2, n: 6, rate: 2 / 6 });
  expect(figures.costPerPost).toEqual({ minor: 1750n, posts: 4, missing: null });
  expect(figures.waste).toMatchObject({ units: 4, unitsShipped: 7 });
  expect(figures.waste.cost.minor).toBe(2800n);
});

it('says no rate of few creators and no cost of unknown parts, and calls what came back no waste', () => {
  const parcels = [
    parcel(1, { shippingMinor: null }),
    parcel(2, { isReturned: true }),
    parcel(3, { isLost: true, deliveredAt: null, expectedBy: null }),
  ];
  const figures = reportFigures(parcels, new Map([['e1', { posts: 1 }]]), now);
  expect(figures.postRate).toEqual({ rate: null, low: null, high: null, posted: 1, n: 1 });
  expect(figures.costPerPost).toMatchObject({ minor: null, missing: expect.stringContaining('Postage') });
  expect(figures.waste.parcels.map((one) => one.personId)).toEqual(['p3']);
  expect(reportFigures([], new Map(), now).costPerPost.minor).toBeNull();
});

it('reads rows of products as sheets write them and names row and field of what it cannot', () => {
  const of = { row: 4, currency: 'EUR' };
  const good = readProductRow(
    { name: 'Mug', colour: 'Sand', size: 'M', cost: '€4,50', price: '19.90', stock: '12', shipsTo: 'DE, ie;FR' },
    of,
  );
  expect(good).toMatchObject({
    ok: true,
    value: { title: 'Sand / M', costMinor: 450n, priceMinor: 1990n, stock: 12, shipsTo: ['DE', 'FR', 'IE'] },
  });
  // Whatever parts the variants of a brand: drinks have flavours, candles scents.
  expect(readProductRow({ name: 'Oat drink', flavour: 'Vanilla', size: '1 l' }, of)).toMatchObject({
    value: { title: '1 l / Vanilla', options: { Size: '1 l', Flavour: 'Vanilla' } },
  });
  const bad = readProductRow({ name: '', cost: 'four', stock: '-1', shipsTo: 'Germany', currency: 'EURO' }, of);
  expect(bad.ok ? [] : bad.faults.map((fault) => fault.field)).toEqual([
    'name',
    'currency',
    'currency',
    'shipsTo',
    'stock',
  ]);
  expect(readProductRow({ name: 'Mug', cost: '1.005' }, of)).toMatchObject({
    ok: false,
    faults: [{ row: 4, field: 'cost' }],
  });
});

it('takes any text for a row of products or tracking without breaking', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => {
      readProductRow({ name: a, cost: b, shipsTo: a, stock: b }, { row: 2, currency: 'JPY' });
      readTrackingRow({ order: a, state: b, at: b, postage: a }, { row: 2, currency: 'JPY', now });
    }),
  );
});

it('reads what a tracking number without a state means, and refuses days to come', () => {
  const of = { row: 2, currency: 'EUR', now };
  expect(readTrackingRow({ order: '#1001', number: 'Z1' }, of)).toMatchObject({
    ok: true,
    value: { state: 'shipped', at: null },
  });
  expect(readTrackingRow({ order: '#1001', state: 'In transit', at: '2026-06-01', postage: '4,90' }, of)).toMatchObject(
    {
      value: { state: 'shipped', postageMinor: 490n },
    },
  );
  expect(readTrackingRow({ order: '#1', state: 'vanished' }, of)).toMatchObject({
    ok: false,
    faults: [{ row: 2, field: 'state' }],
  });
  expect(readTrackingRow({ order: '#1', state: 'lost', at: '2027-01-01' }, of)).toMatchObject({
    ok: false,
    faults: [{ field: 'at' }],
  });
});
