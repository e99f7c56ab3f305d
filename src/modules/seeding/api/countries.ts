/** How addresses of a country are written: what is needed besides a name, a line and a town, and how its postcodes look. */
export interface CountryForm {
  /** Null where there are no postcodes, or where we hold no shape: then any is taken. */
  postcode: { shape: RegExp; example: string; name: string } | null;
  isPostcodeNeeded: boolean;
  /** What the region is called where parcels do not arrive without it; null where it may be left out. */
  region: string | null;
}

const shaped = (shape: RegExp, example: string, more: { name?: string; region?: string } = {}): CountryForm => ({
  postcode: { shape, example, name: more.name ?? 'Postcode' },
  isPostcodeNeeded: true,
  region: more.region ?? null,
});
const optional = (shape: RegExp, example: string, name = 'Postcode'): CountryForm => ({
  postcode: { shape, example, name },
  isPostcodeNeeded: false,
  region: null,
});
const without: CountryForm = { postcode: null, isPostcodeNeeded: false, region: null };

const three = /^\d{3}$/;
const four = /^\d{4}$/;
const five = /^\d{5}$/;
const six = /^\d{6}$/;
const threeTwo = /^\d{3} \d{2}$/;

/**
 * Countries whose form is known; any other takes an address as it is written. Shapes after the postal addressing systems of the Universal
 * Postal Union (S42 country sheets), written as `tidyPostcode` leaves them: in capitals, with the one separator the country uses.
 */
export const countryForms: Record<string, CountryForm> = {
  AD: shaped(/^AD\d{3}$/, 'AD500'),
  AE: { ...without, region: 'Emirate' },
  AR: shaped(/^([A-Z]\d{4}[A-Z]{3}|\d{4})$/, 'C1425DKG', { region: 'Province' }),
  AT: shaped(four, '1010'),
  AU: shaped(four, '2000', { region: 'State' }),
  BE: shaped(four, '1000'),
  BG: shaped(four, '1000'),
  BR: shaped(/^\d{5}-\d{3}$/, '01310-100', { name: 'CEP', region: 'State' }),
  CA: shaped(/^[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d$/, 'K1A 0B1', { name: 'Postal code', region: 'Province' }),
  CH: shaped(four, '8001'),
  CL: optional(/^\d{7}$/, '8320000'),
  CN: shaped(six, '100000', { region: 'Province' }),
  CO: optional(six, '110111'),
  CY: shaped(four, '1010'),
  CZ: shaped(threeTwo, '110 00'),
  DE: shaped(five, '10115', { name: 'Postleitzahl' }),
  DK: shaped(four, '1050'),
  EE: shaped(five, '10111'),
  ES: shaped(/^(0[1-9]|[1-4]\d|5[0-2])\d{3}$/, '28001'),
  FI: shaped(five, '00100'),
  FR: shaped(five, '75001', { name: 'Code postal' }),
  GB: shaped(/^(GIR 0AA|[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2})$/, 'SW1A 1AA'),
  GR: shaped(threeTwo, '104 31'),
  HK: without,
  HR: shaped(five, '10000'),
  HU: shaped(four, '1011'),
  ID: shaped(five, '10110', { region: 'Province' }),
  IE: optional(/^([AC-FHKNPRTV-Y]\d{2}|D6W) [0-9AC-FHKNPRTV-Y]{4}$/, 'D02 AF30', 'Eircode'),
  IL: shaped(/^\d{5}(\d{2})?$/, '6100000'),
  IN: shaped(/^[1-9]\d{5}$/, '110001', { name: 'PIN code', region: 'State' }),
  IS: shaped(three, '101'),
  IT: shaped(five, '00118', { name: 'CAP', region: 'Province' }),
  JP: shaped(/^\d{3}-\d{4}$/, '100-0001', { region: 'Prefecture' }),
  KR: shaped(five, '03051'),
  LI: shaped(/^94\d{2}$/, '9490'),
  LT: shaped(/^LT-\d{5}$/, 'LT-01001'),
  LU: shaped(four, '1009'),
  LV: shaped(/^LV-\d{4}$/, 'LV-1010'),
  MC: shaped(/^980\d{2}$/, '98000'),
  MT: shaped(/^[A-Z]{3} \d{4}$/, 'VLT 1117'),
  MX: shaped(five, '06000', { region: 'State' }),
  MY: shaped(five, '50000', { region: 'State' }),
  NL: shaped(/^[1-9]\d{3} [A-Z]{2}$/, '1012 AB'),
  NO: shaped(four, '0150'),
  NZ: shaped(four, '6011'),
  PH: shaped(four, '1000'),
  PL: shaped(/^\d{2}-\d{3}$/, '00-001'),
  PT: shaped(/^\d{4}-\d{3}$/, '1000-001'),
  QA: without,
  RO: shaped(six, '010011'),
  RS: shaped(five, '11000'),
  SA: shaped(/^\d{5}(-\d{4})?$/, '11564'),
  SE: shaped(threeTwo, '111 22'),
  SG: shaped(six, '018956'),
  SI: shaped(four, '1000'),
  SK: shaped(threeTwo, '811 01'),
  TH: shaped(five, '10200', { region: 'Province' }),
  TR: shaped(five, '34000'),
  TW: optional(/^\d{3}(\d{2,3})?$/, '100'),
  UA: shaped(five, '01001'),
  US: shaped(/^\d{5}(-\d{4})?$/, '94105', { name: 'ZIP code', region: 'State' }),
  VN: optional(six, '700000'),
  ZA: shaped(four, '8001'),
};

/** The form of a country; one that asks for nothing special where we know none. */
export function countryForm(country: string): CountryForm {
  return countryForms[country] ?? without;
}

/** A postcode as its country writes it: capitals, and the separator where it belongs. What cannot be put right stays as it is. */
export function tidyPostcode(country: string, text: string): string {
  const plain = text.normalize('NFKC').trim().toUpperCase().replace(/\s+/g, ' ');
  const form = countryForm(country).postcode;
  if (form === null || form.shape.test(plain)) return plain;
  const bare = plain.replace(/[\s.-]/g, '');
  const tries = [bare, ...partings(bare, country)];
  return tries.find((one) => form.shape.test(one)) ?? plain;
}

/** The ways in which a bare postcode can be parted by one space or dash, from the end, and with the country's letters before it. */
function partings(bare: string, country: string): string[] {
  const places = [2, 3, 4].filter((from) => bare.length > from);
  const parted = places.flatMap((from) =>
    [' ', '-'].map((mark) => `${bare.slice(0, -from)}${mark}${bare.slice(-from)}`),
  );
  const named = [`${country}-${bare.replace(country, '')}`, `${country}${bare.replace(country, '')}`];
  return [...parted, ...named, bare.replace(new RegExp(`^(${country}|[A-Z]{1,2})(?=\\d)`), '')];
}
