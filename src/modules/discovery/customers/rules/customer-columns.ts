import type { Platform } from '#kernel/platform.ts';

export const customerTargets = [
  'email',
  'name',
  'firstName',
  'lastName',
  'handle',
  'instagram',
  'tiktok',
  'youtube',
  'pinterest',
  'blog',
  'orders',
  'value',
  'currency',
  'firstOrder',
  'lastOrder',
] as const;
export type CustomerTarget = (typeof customerTargets)[number];

/** Header words of shops and of their mailing tools, folded. "username" is left out: in shops it is a login, not an account on a platform. */
const words: Record<CustomerTarget, RegExp> = {
  email: /^(customer |billing |contact )?(e ?mail)( address(es)?| adresse)?$|^mail$|^correo( electronico)?$/,
  name: /^(customer |billing |full |contact )?name$|^customer$|^(nombre completo|vollstandiger name|nom complet)$/,
  firstName: /^((billing )?first ?name|given name|vorname|prenom|nombre)$/,
  lastName: /^((billing )?last ?name|family name|surname|nachname|nom( de famille)?|apellidos?)$/,
  handle: /^(social |creator )?handles?$|^social (media )?(account|profile)$/,
  instagram: /^(instagram|insta|ig)( handle| user ?name| account| url| profile)?$/,
  tiktok: /^(tik ?tok|tt)( handle| user ?name| account| url| profile)?$/,
  youtube: /^(you ?tube|yt)( handle| channel| account| url| profile)?$/,
  pinterest: /^pinterest( handle| user ?name| account| url| profile)?$/,
  blog: /^blog( url| address)?$/,
  orders:
    /^(total |number of |num |lifetime )?orders?( count| total)?$|^(purchases|purchase count|bestellungen|anzahl bestellungen|commandes|pedidos)$/,
  value:
    /^(total |amount |lifetime )?(spen[dt]|revenue|value|sales)( total)?$|^(order value|customer lifetime value|lifetime value|ltv|clv|money spent|umsatz|gesamtumsatz|total depense|importe total)$/,
  currency: /^(order |shop )?currency( code)?$|^(wahrung|devise|moneda)$/,
  firstOrder: /^first (order|purchase)( date| at| on| day)?$|^(date of first (order|purchase)|erste bestellung)$/,
  lastOrder:
    /^(last|latest|most recent) (order|purchase)( date| at| on| day)?$|^(date of last (order|purchase)|letzte bestellung)$/,
};

const accounts: Partial<Record<CustomerTarget, Platform>> = {
  instagram: 'instagram',
  tiktok: 'tiktok',
  youtube: 'youtube',
  pinterest: 'pinterest',
  blog: 'blog',
};

/** The platform a column of accounts belongs to; null for the column that belongs to the one chosen. */
export function platformOfColumn(target: CustomerTarget): Platform | null {
  return accounts[target] ?? null;
}

export interface CustomerColumns {
  /** Place of the column, by what it says. */
  at: Map<CustomerTarget, number>;
  /** Header by what it was read as, for the answer. */
  named: Record<string, string>;
  /** ISO 4217 code in the header of the value: "Total spent (EUR)". */
  currency: string | null;
}

/** Reads a header line; null when it says neither an address nor an account, and so is none. */
export function readHeader(cells: readonly string[]): CustomerColumns | null {
  const at = new Map<CustomerTarget, number>();
  const named: Record<string, string> = {};
  let currency: string | null = null;
  for (const [place, cell] of cells.entries()) {
    const bare = fold(cell.replace(/\([^)]*\)/g, ' '));
    const target = customerTargets.find((one) => words[one].test(bare) && !at.has(one));
    if (target === undefined) continue;
    at.set(target, place);
    named[target] = cell;
    if (target === 'value') currency = /\(([A-Z]{3})\)/.exec(cell)?.[1] ?? null;
  }
  const says = ['email', 'handle', ...Object.keys(accounts)].some((target) => at.has(target as CustomerTarget));
  return says ? { at, named, currency } : null;
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
