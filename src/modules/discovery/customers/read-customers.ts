import { AppError } from '#kernel/errors.ts';
import { parseAmount } from '#kernel/money.ts';
import type { Platform } from '#kernel/platform.ts';
import {
  type DateOrder,
  decideDateOrder,
  decideDecimalMark,
  isUnknown,
  parseCount,
  parseDate,
  parseHandle,
} from '#modules/creators/index.ts';
import { customersPastedMax, customersPerFileMax } from '../api.ts';
import { discoveryError } from '../errors.ts';
import { readUploadRows, type UploadedRow } from '../read-upload-rows.ts';
import {
  type CustomerColumns,
  type CustomerTarget,
  customerTargets,
  platformOfColumn,
  readHeader,
} from './rules/customer-columns.ts';
import { emailToCompare } from './rules/possible-names.ts';

const bytesMax = 300_000_000;
const faultsTold = 20;

/** A customer as the file says; null is not said. */
export interface CustomerLine {
  email: string | null;
  handles: { platform: Platform; key: string }[];
  name: string | null;
  orders: number | null;
  valueMinor: bigint | null;
  currency: string | null;
  firstOrderOn: string | null;
  lastOrderOn: string | null;
}

export interface CustomerFault {
  row: number;
  field: string;
  message: string;
}

export interface ReadCustomers {
  lines: CustomerLine[];
  rows: number;
  skipped: number;
  faults: CustomerFault[];
  columns: Record<string, string>;
}

const fileFault = (message: string, row?: number) =>
  discoveryError('customers_file', message, row === undefined ? [] : [{ row, message }]);

/** Reads pasted addresses and handles, parted by lines, commas, semicolons or blanks. Error: customers_file, too_many. */
export function readPasted(text: string, platform: Platform): ReadCustomers {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  if (words.length > customersPastedMax)
    throw discoveryError(
      'too_many',
      `${words.length} are too many to paste; at most ${customersPastedMax}. Upload a file.`,
      [{ field: 'text', message: `at most ${customersPastedMax}` }],
    );
  const reading = createReading();
  for (const [at, word] of words.entries()) reading.take(at + 1, lineOfWord(word, platform), 'text');
  return reading.finish({});
}

function lineOfWord(word: string, platform: Platform): CustomerLine | string {
  const email = word.startsWith('@') ? null : emailToCompare(word);
  if (email !== null) return { ...nothing, email, handles: [] };
  const parsed = parseHandle(word, platform);
  return parsed.ok
    ? { ...nothing, handles: [{ platform: parsed.value.platform, key: parsed.value.key }] }
    : `"${word.slice(0, 80)}" is neither an e-mail address nor a handle`;
}

const nothing = {
  email: null,
  name: null,
  orders: null,
  valueMinor: null,
  currency: null,
  firstOrderOn: null,
  lastOrderOn: null,
};

/** Reads a file of customers by its header, or one address or handle a line without one. Error: customers_file, with rows. */
export async function readCustomerFile(
  body: ReadableStream<Uint8Array> | null,
  how: { platform: Platform; currency: string | undefined },
): Promise<ReadCustomers> {
  const rows: UploadedRow[] = [];
  for await (const row of readUploadRows(body, { bytesMax, fault: fileFault })) {
    rows.push(row);
    if (rows.length > customersPerFileMax)
      throw fileFault(`The file has more than ${customersPerFileMax} rows. Split it.`, row.row);
  }
  const [first] = rows;
  if (first === undefined) throw fileFault('The file has no rows. Give one customer a line.');
  const columns = readHeader(first.cells);
  const reading = createReading();
  if (columns === null) {
    for (const { row, cells } of rows) reading.take(row, lineOfWord(cells[0] ?? '', how.platform), 'customer');
    return reading.finish({});
  }
  const cellsOf = (target: CustomerTarget) =>
    rows.slice(1).map(({ cells }) => cells[columns.at.get(target) ?? -1] ?? '');
  const marks = {
    decimal: decideDecimalMark(cellsOf('value').map(bareAmount)),
    first: decideDateOrder(cellsOf('firstOrder')),
    last: decideDateOrder(cellsOf('lastOrder')),
  };
  for (const row of rows.slice(1)) takeRow(reading, row, { ...how, columns, marks });
  return reading.finish(columns.named);
}

interface Reading {
  take(row: number, line: CustomerLine | string, field: string): void;
  fault(fault: CustomerFault): void;
  finish(columns: Record<string, string>): ReadCustomers;
}

function createReading(): Reading {
  const lines: CustomerLine[] = [];
  const faults: CustomerFault[] = [];
  let rows = 0;
  let skipped = 0;
  const fault = (one: CustomerFault) => {
    if (faults.length < faultsTold) faults.push(one);
  };
  return {
    fault,
    take: (row, line, field) => {
      rows += 1;
      if (typeof line !== 'string') lines.push(line);
      else {
        skipped += 1;
        fault({ row, field, message: line });
      }
    },
    finish: (columns) => {
      if (lines.length === 0)
        throw discoveryError(
          'customers_file',
          `None of the ${rows} rows names a customer by e-mail address or handle.`,
          faults,
        );
      return { lines, rows, skipped, faults, columns };
    },
  };
}

interface RowRules {
  platform: Platform;
  currency: string | undefined;
  columns: CustomerColumns;
  marks: { decimal: ReturnType<typeof decideDecimalMark>; first: DateOrder | null; last: DateOrder | null };
}

function takeRow(reading: Reading, { row, cells }: UploadedRow, rules: RowRules): void {
  const cell = (target: CustomerTarget) => {
    const text = (cells[rules.columns.at.get(target) ?? -1] ?? '').trim();
    return isUnknown(text) ? null : text;
  };
  const tell = (field: CustomerTarget, message: string) => {
    reading.fault({ row, field: rules.columns.named[field] ?? field, message });
    return null;
  };
  const address = cell('email');
  const email =
    address === null ? null : (emailToCompare(address) ?? tell('email', `"${address}" is not an e-mail address`));
  const handles = customerTargets.flatMap((target) => {
    const platform = platformOfColumn(target);
    const text = target === 'handle' || platform !== null ? cell(target) : null;
    if (text === null) return [];
    const parsed = parseHandle(text, platform ?? rules.platform);
    if (parsed.ok) return [{ platform: parsed.value.platform, key: parsed.value.key }];
    tell(target, parsed.message);
    return [];
  });
  if (email === null && handles.length === 0) {
    reading.take(row, 'The row names nobody by e-mail address or handle', 'email');
    return;
  }
  const name =
    cell('name') ?? ([cell('firstName'), cell('lastName')].filter((part) => part !== null).join(' ') || null);
  const value = amountOf({ cell, tell }, rules);
  const line = {
    email,
    handles,
    name,
    orders: ordersOf({ cell, tell }),
    ...value,
    firstOrderOn: dayOf({ cell, tell }, 'firstOrder', rules.marks.first),
    lastOrderOn: dayOf({ cell, tell }, 'lastOrder', rules.marks.last),
  };
  reading.take(row, line, 'email');
}

interface Cells {
  cell: (target: CustomerTarget) => string | null;
  tell: (field: CustomerTarget, message: string) => null;
}

function ordersOf({ cell, tell }: Cells): number | null {
  const text = cell('orders');
  if (text === null) return null;
  const count = parseCount(text);
  return count.ok ? count.value : tell('orders', count.message);
}

const bareAmount = (text: string) => text.replace(/[^\d.,'’-]/gu, '').replace(/['’]/g, '');

function amountOf({ cell, tell }: Cells, rules: RowRules): Pick<CustomerLine, 'valueMinor' | 'currency'> {
  const text = cell('value');
  const none = { valueMinor: null, currency: null };
  if (text === null) return none;
  const currency = (
    cell('currency') ??
    rules.columns.currency ??
    /\b[A-Z]{3}\b/.exec(text)?.[0] ??
    rules.currency
  )?.toUpperCase();
  if (currency === undefined) {
    tell('value', `"${text}" has no currency; choose one for the file`);
    return none;
  }
  const bare = bareAmount(text);
  // Where the column leaves it open, a mark before two digits at the end parts decimals, one before three parts thousands.
  const decimal = rules.marks.decimal ?? (/,\d{1,2}$/.test(bare) ? ',' : '.');
  const groups =
    rules.marks.decimal === null && /\.\d{3}$/.test(bare) && !bare.includes(',') ? '.' : decimal === '.' ? ',' : '.';
  const plain = bare.replaceAll(groups, '').replace(',', '.');
  try {
    return { valueMinor: parseAmount(plain, currency).amountMinor, currency };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    tell('value', error.message);
    return none;
  }
}

function dayOf({ cell, tell }: Cells, field: 'firstOrder' | 'lastOrder', order: DateOrder | null): string | null {
  const text = cell(field);
  if (text === null) return null;
  if (order === null && /^\d{1,2}[/.]\d{1,2}[/.]\d{4}/.test(text) && !/^\d{1,2}\./.test(text))
    return tell(field, `"${text}" may be read with the day or the month first; write it like 2026-05-31`);
  const date = parseDate(text, order ?? 'day-first');
  return date.ok ? date.value.slice(0, 10) : tell(field, date.message);
}
