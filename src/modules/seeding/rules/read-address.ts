import { countryForm, type PostalAddress, tidyPostcode } from '../api.ts';

export type AddressFault = { field: string; message: string };

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** True for two letters that a country has today. */
export function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code) || /^(X[A-JL-Z]|Q[M-Z]|AA|ZZ|EU|EZ|UN)$/.test(code)) return false;
  return regions.of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code;
}

export function countryName(code: string): string {
  return regions.of(code) ?? code;
}

/**
 * An address as its country writes it, with all that is wrong named by field. Control characters and marks that turn the direction of text are
 * taken out: an address goes onto labels, into orders and mails.
 */
export function readAddress(given: PostalAddress): { address: PostalAddress; faults: AddressFault[] } {
  const country = given.country.trim().toUpperCase();
  const address: PostalAddress = {
    name: plain(given.name),
    line1: plain(given.line1),
    line2: plain(given.line2),
    city: plain(given.city),
    region: plain(given.region),
    postcode: tidyPostcode(country, plain(given.postcode)),
    country,
    phone: plain(given.phone),
  };
  const faults: AddressFault[] = [];
  const need = (field: keyof PostalAddress, message: string) => {
    if (address[field] === '') faults.push({ field, message });
  };
  need('name', 'Whose name stands on the parcel?');
  need('line1', 'Street and number are needed');
  need('city', 'The town is needed');
  if (!isCountry(country)) {
    faults.push({ field: 'country', message: `"${country}" is no country. Use a two-letter code such as DE` });
    return { address, faults };
  }
  const form = countryForm(country);
  if (form.region !== null) need('region', `${form.region} is needed in ${countryName(country)}`);
  checkPostcode(address, faults);
  if (address.phone !== '' && !/^\+?[\d\s()./-]{5,29}$/.test(address.phone))
    faults.push({ field: 'phone', message: 'A telephone number has digits, such as +353 1 234 5678' });
  if (address.name !== '' && !/\p{L}/u.test(address.name))
    faults.push({ field: 'name', message: 'A name has letters' });
  return { address, faults };
}

function checkPostcode(address: PostalAddress, faults: AddressFault[]): void {
  const { postcode, isPostcodeNeeded } = countryForm(address.country);
  if (postcode === null) return;
  const where = countryName(address.country);
  if (address.postcode === '') {
    if (isPostcodeNeeded)
      faults.push({
        field: 'postcode',
        message: `${postcode.name} is needed in ${where}, such as ${postcode.example}`,
      });
  } else if (!postcode.shape.test(address.postcode)) {
    const message = `"${address.postcode}" is no ${postcode.name} of ${where}; they look like ${postcode.example}`;
    faults.push({ field: 'postcode', message });
  }
}

function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/g, '')
    .replace(/ +/g, ' ')
    .trim();
}

/** The lines of an address as they stand on a label, the country last and in capitals. */
export function addressLines(address: PostalAddress): string[] {
  const place =
    address.country === 'US' || address.country === 'CA' || address.country === 'AU'
      ? [address.city, address.region, address.postcode].filter((part) => part !== '').join(' ')
      : address.country === 'GB' || address.country === 'IE'
        ? [address.city, address.postcode].filter((part) => part !== '').join(' ')
        : [address.postcode, address.city].filter((part) => part !== '').join(' ');
  const needsRegion = !['US', 'CA', 'AU'].includes(address.country) && address.region !== '';
  return [
    address.name,
    address.line1,
    address.line2,
    place,
    needsRegion ? address.region : '',
    countryName(address.country).toUpperCase(),
  ].filter((line) => line !== '');
}
