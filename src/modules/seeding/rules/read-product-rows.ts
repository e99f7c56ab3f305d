import { isKnownCurrency, parseAmount } from '#kernel/money.ts';
import { isCountry } from './read-address.ts';

export const productColumns = {
  name: ['product', 'product name', 'name', 'title'],
  sku: ['sku', 'variant sku', 'article number', 'item number'],
  category: ['category', 'type', 'product type', 'product category'],
  description: ['description', 'body', 'short description'],
  colour: ['colour', 'color', 'option colour', 'option color', 'shade'],
  size: ['size', 'option size'],
  flavour: ['flavour', 'flavor', 'taste'],
  scent: ['scent', 'fragrance'],
  material: ['material', 'fabric'],
  style: ['style', 'pattern', 'design'],
  option1Name: ['option1 name', 'option 1 name'],
  option1: ['option1 value', 'option1', 'option 1 value', 'option 1', 'variant'],
  option2Name: ['option2 name', 'option 2 name'],
  option2: ['option2 value', 'option2', 'option 2 value', 'option 2'],
  option3Name: ['option3 name', 'option 3 name'],
  option3: ['option3 value', 'option3', 'option 3 value', 'option 3'],
  cost: ['cost', 'cost of goods', 'cogs', 'cost per item', 'unit cost'],
  price: ['price', 'retail price', 'variant price', 'regular price'],
  currency: ['currency', 'currency code'],
  stock: ['stock', 'quantity', 'inventory', 'variant inventory qty', 'stock quantity'],
  weight: ['weight grams', 'weight g', 'grams', 'variant grams', 'weight'],
  shipsTo: ['ships to', 'countries', 'ship to', 'ships to countries'],
} as const;
export type ProductField = keyof typeof productColumns;

export interface ProductRow {
  row: number;
  name: string;
  category: string | null;
  description: string | null;
  shipsTo: string[] | null;
  sku: string | null;
  options: Record<string, string>;
  title: string;
  costMinor: bigint | null;
  priceMinor: bigint | null;
  currency: string;
  stock: number | null;
  weightGrams: number | null;
  /** Fields whose column is in the file: others stay as they are in the catalogue. */
  given: ReadonlySet<ProductField>;
}

export type RowFault = { row: number; field: string; message: string };

/** One row of a file of products; all its faults when it cannot be taken. Amounts are decimals with a point or, where no point stands, a comma. */
export function readProductRow(
  cells: Partial<Record<ProductField, string>>,
  of: { row: number; currency: string },
): { ok: true; value: ProductRow } | { ok: false; faults: RowFault[] } {
  const faults: RowFault[] = [];
  const fault = (field: string, message: string) => faults.push({ row: of.row, field, message });
  const text = (field: ProductField, max: number): string | null => {
    const value = (cells[field] ?? '').replace(/[\p{Cc}]+/gu, ' ').trim();
    if (value.length > max) fault(field, `Longer than ${max} characters`);
    return value === '' ? null : value;
  };
  const name = text('name', 200);
  if (name === null) fault('name', 'The name of the product is missing');
  const currency = text('currency', 3)?.toUpperCase() ?? of.currency;
  if (!isKnownCurrency(currency)) fault('currency', `"${currency}" is no ISO 4217 currency code, such as EUR`);
  const amount = (field: 'cost' | 'price') => {
    const given = text(field, 40);
    if (given === null || !isKnownCurrency(currency)) return null;
    const read = readAmount(given, currency);
    if (typeof read === 'string') fault(field, read);
    return typeof read === 'string' ? null : read;
  };
  const whole = (field: 'stock' | 'weight') => {
    const given = text(field, 40);
    if (given === null) return null;
    if (/^\d{1,7}$/.test(given) && Number(given) <= 1_000_000) return Number(given);
    fault(field, `"${given}" is no whole number from 0 to 1,000,000`);
    return null;
  };
  const options = readOptions(text);
  const value: ProductRow = {
    row: of.row,
    name: name ?? '',
    category: text('category', 100),
    description: text('description', 2000),
    shipsTo: readCountries(text('shipsTo', 2000), fault),
    sku: text('sku', 100),
    options,
    title: Object.values(options).join(' / ').slice(0, 200),
    costMinor: amount('cost'),
    priceMinor: amount('price'),
    currency,
    stock: whole('stock'),
    weightGrams: whole('weight'),
    given: new Set(Object.keys(cells) as ProductField[]),
  };
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value };
}

/** Columns that are an option of their own name. */
const namedOptions = [
  ['colour', 'Colour'],
  ['size', 'Size'],
  ['flavour', 'Flavour'],
  ['scent', 'Scent'],
  ['material', 'Material'],
  ['style', 'Style'],
] as const;

function readOptions(text: (field: ProductField, max: number) => string | null): Record<string, string> {
  const options: Record<string, string> = {};
  for (const [field, name] of namedOptions) {
    const given = text(field, 100);
    if (given !== null) options[name] = given;
  }
  for (const [name, value, plain] of [
    ['option1Name', 'option1', 'Option 1'],
    ['option2Name', 'option2', 'Option 2'],
    ['option3Name', 'option3', 'Option 3'],
  ] as const) {
    const given = text(value, 100);
    // Shopify writes this for a product without options.
    if (given !== null && given !== 'Default Title') options[text(name, 50) ?? plain] = given;
  }
  return options;
}

/** Minor units, or what is wrong. */
export function readAmount(text: string, currency: string): bigint | string {
  const bare = text.replace(/[\s'’]/g, '').replace(/^[€$£¥]|[€$£¥]$/gu, '');
  const decimal = bare.includes('.') ? bare : bare.replace(',', '.');
  try {
    const { amountMinor } = parseAmount(decimal, currency);
    if (amountMinor < 0n) return 'An amount cannot be below zero';
    return amountMinor > 10n ** 12n ? 'The amount is larger than a product can cost' : amountMinor;
  } catch (error) {
    return error instanceof Error ? error.message : 'Not an amount';
  }
}

function readCountries(text: string | null, fault: (field: string, message: string) => void): string[] | null {
  if (text === null || /^(all|everywhere|worldwide|\*)$/i.test(text)) return null;
  const codes = [
    ...new Set(
      text
        .toUpperCase()
        .split(/[\s,;|/]+/)
        .filter((code) => code !== ''),
    ),
  ];
  const bad = codes.find((code) => !isCountry(code));
  if (bad !== undefined)
    fault('shipsTo', `"${bad}" is no two-letter code of a country. Write them as DE FR IE, or "everywhere"`);
  return codes.sort();
}
