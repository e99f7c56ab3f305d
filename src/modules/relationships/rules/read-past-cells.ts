import { currencyExponent, isKnownCurrency } from '#kernel/money.ts';
import type { Again } from '../api.ts';

export type Read<Value> = { ok: true; value: Value } | { ok: false; message: string };

export type Standing = 'contacted' | 'declined' | 'worked' | 'unknown';

const standings: [RegExp, Standing][] = [
  [
    /declin|reject|refus|not interested|opted? ?out|withdr|cancel|no response|unresponsive|ghost|dropped|removed|abgelehnt|refusé/,
    'declined',
  ],
  [
    /complet|done|live|post(ed)?\b|publish|paid|deliver|approved|active|contract|signed|agreed|accepted|hired|in progress|content|ship|fulfil|finished|ambassador|abgeschlossen|veröffentlicht|terminé/,
    'worked',
  ],
  [
    /invit|contact|outreach|sent|prospect|applied|applicant|negotiat|pending|proposal|shortlist|interested|lead|new|opened|replied|angefragt/,
    'contacted',
  ],
];

/** What a status of another tool means here. What is paid or has a post was worked on, whatever the status says. */
export function standingOf(of: { status: string | null; hasPost: boolean; isPaid: boolean }): Standing {
  if (of.hasPost || of.isPaid) return 'worked';
  const status = of.status?.toLowerCase() ?? '';
  return standings.find(([pattern]) => pattern.test(status))?.[1] ?? 'unknown';
}

/** Amount in minor units from a decimal that was read already. Refuses more decimals than the currency has, and what is negative. */
export function toMinor(value: number, currency: string): Read<bigint> {
  if (!isKnownCurrency(currency)) return { ok: false, message: `"${currency}" is not an ISO 4217 currency code` };
  if (value < 0) return { ok: false, message: 'is negative' };
  const exponent = currencyExponent(currency);
  const text = value.toFixed(exponent);
  if (value > 1e12) return { ok: false, message: 'is too large' };
  // Sheets keep sums as floats: 0.1 + 0.2 is 30 cents, 1.005 is one digit too many.
  if (Math.abs(Number(text) - value) > 1e-7)
    return { ok: false, message: `has more decimals than ${currency} (${exponent})` };
  return { ok: true, value: BigInt(text.replace('.', '')) };
}

/** A rating as a share of its scale: "4/5", "80 %", "★★★★☆", or a number on the scale of its column. */
export function readRating(text: string, scale: number): Read<number> {
  const stars = /^([★⭐]+)([☆]*)$/u.exec(text.replace(/\uFE0F/g, ''));
  if (stars !== null) {
    const full = [...(stars[1] ?? '')].length;
    return { ok: true, value: full / Math.max(5, full + [...(stars[2] ?? '')].length) };
  }
  const parts = /^(\d+(?:[.,]\d+)?)\s*(?:\/|of|out of)\s*(\d+(?:[.,]\d+)?)$/i.exec(text);
  const percent = /^(\d+(?:[.,]\d+)?)\s*%$/.exec(text);
  const plain = /^\d+(?:[.,]\d+)?$/.exec(text);
  const number = (part: string | undefined) => Number((part ?? '').replace(',', '.'));
  const [value, top] =
    parts !== null
      ? [number(parts[1]), number(parts[2])]
      : percent !== null
        ? [number(percent[1]), 100]
        : plain !== null
          ? [number(plain[0]), scale]
          : [Number.NaN, 1];
  if (!(value >= 0 && top > 0 && value <= top))
    return { ok: false, message: `"${text.slice(0, 40)}" is no rating up to ${top}` };
  return { ok: true, value: Math.round((value / top) * 1e6) / 1e6 };
}

const scales = [5, 10, 100] as const;

/** The scale of a column of plain numbers: the smallest usual one that holds them all. */
export function ratingScale(cells: readonly string[]): number {
  const values = cells.map((cell) => Number(cell.trim().replace(',', '.'))).filter((value) => Number.isFinite(value));
  const top = Math.max(0, ...values);
  return scales.find((scale) => top <= scale) ?? 100;
}

/** Yes, maybe or no, as people write it. */
export function readAgain(text: string): Read<Again> {
  const word = text.trim().toLowerCase();
  if (/^(yes|y|true|1|ja|oui|si|sí|definitely|always)$/.test(word)) return { ok: true, value: 'yes' };
  if (/^(no|n|false|0|nein|non|never)$/.test(word)) return { ok: true, value: 'no' };
  if (/^(maybe|perhaps|unsure|vielleicht|peut-être|\?)$/.test(word)) return { ok: true, value: 'maybe' };
  return { ok: false, message: `"${text.slice(0, 40)}" is not yes, maybe or no` };
}
