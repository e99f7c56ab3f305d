import countries from 'i18n-iso-countries';
import de from 'i18n-iso-countries/langs/de.json' with { type: 'json' };
import en from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import es from 'i18n-iso-countries/langs/es.json' with { type: 'json' };
import fr from 'i18n-iso-countries/langs/fr.json' with { type: 'json' };
import it from 'i18n-iso-countries/langs/it.json' with { type: 'json' };
import nl from 'i18n-iso-countries/langs/nl.json' with { type: 'json' };
import pt from 'i18n-iso-countries/langs/pt.json' with { type: 'json' };
import type { Platform } from '#kernel/platform.ts';
import type { ContactType } from '../api.ts';
import { everydayCountries } from './everyday-countries.ts';
import { platformWordsByName } from './header-synonyms.ts';

const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();

let countryByName: Map<string, string> | null = null;

function countryNames(): Map<string, string> {
  if (countryByName !== null) return countryByName;
  const names = new Map<string, string>();
  for (const locale of [en, de, fr, es, it, pt, nl]) {
    for (const [code, spelled] of Object.entries(locale.countries)) {
      for (const name of Array.isArray(spelled) ? spelled : [spelled])
        if (!names.has(fold(String(name)))) names.set(fold(String(name)), code);
    }
  }
  for (const [name, code] of Object.entries(everydayCountries)) names.set(name, code);
  countryByName = names;
  return names;
}

/** ISO 3166-1 alpha-2 of a country's name in seven languages, its alpha-2 or alpha-3 code, or a flag; null when it is none. */
export function readCountry(text: string): string | null {
  const clean = text.trim();
  const flag = /^[\u{1F1E6}-\u{1F1FF}]{2}$/u.exec(clean);
  const code =
    flag === null
      ? clean.toUpperCase()
      : [...clean].map((char) => String.fromCharCode((char.codePointAt(0) ?? 0) - 0x1f1e6 + 65)).join('');
  if (/^[A-Z]{2}$/.test(code) && code !== 'UK' && countries.isValid(code)) return code;
  if (/^[A-Z]{3}$/.test(code) && code !== 'USA') {
    const two = countries.alpha3ToAlpha2(code);
    if (two !== undefined) return two;
  }
  return countryNames().get(fold(clean)) ?? null;
}

const languageCodes =
  'af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko lo lt lv mk ml mn mr ms my nb ne nl nn no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh zu'.split(
    ' ',
  );
let languageByName: Map<string, string> | null = null;

function languageNames(): Map<string, string> {
  if (languageByName !== null) return languageByName;
  const names = new Map<string, string>();
  for (const locale of ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl']) {
    const display = new Intl.DisplayNames([locale], { type: 'language' });
    for (const code of languageCodes) names.set(fold(display.of(code) ?? code), code);
  }
  // Every language by its own name as well.
  for (const code of languageCodes)
    names.set(fold(new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code), code);
  languageByName = names;
  return names;
}

/** ISO 639-1 of a language's name, of a code or of a locale such as en-GB; null when it is none. */
export function readLanguage(text: string): string | null {
  const clean = text.trim().toLowerCase();
  const code = clean.split(/[-_]/)[0] ?? '';
  if (/^[a-z]{2}([-_].*)?$/.test(clean) && languageCodes.includes(code)) return code;
  return languageNames().get(fold(clean)) ?? null;
}

/** Parts a cell that lists several values by comma, semicolon, bar, slash between blanks, or line. */
export function readList(text: string, itemsMax = 50): string[] {
  const trimmed = text.trim();
  const inner = trimmed.startsWith('[') && trimmed.endsWith(']') ? parseJsonList(trimmed) : null;
  const parts = inner ?? trimmed.split(/[,;|\n]|\s\/\s/);
  return [
    ...new Set(
      parts
        .map((part) =>
          part
            .trim()
            .replace(/^["']|["']$/g, '')
            .trim(),
        )
        .filter((part) => part !== ''),
    ),
  ].slice(0, itemsMax);
}

function parseJsonList(text: string): string[] | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list)
      ? list.map((item) => (typeof item === 'string' ? item : (JSON.stringify(item) ?? '')))
      : null;
  } catch {
    return null;
  }
}

const emailShape = /^[^\s@<>,;:"()]{1,64}@[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z]{2,63}$/i;

/** The addresses in a cell (several, with names, "mailto:", stray blanks and dots at the ends) and what of it is none. */
export function readEmails(text: string): { emails: string[]; rejected: string[] } {
  const emails: string[] = [];
  const rejected: string[] = [];
  const cells = text.split(/[,;|\n]|\s+(?:or|und|and|oder|et|y|\/)\s+|\s+(?=\S+@)/i);
  for (const part of cells) {
    const inBrackets = /<([^>]+)>/.exec(part)?.[1] ?? part;
    const clean = inBrackets
      .replace(/^\s*mailto:/i, '')
      .replace(/^[\s"'([.]+|[\s"')\].]+$/g, '')
      .toLowerCase();
    if (clean === '') continue;
    if (emailShape.test(clean)) emails.push(clean);
    else if (clean.includes('@')) rejected.push(clean);
    else if (!part.includes('@')) rejected.push(clean);
  }
  return { emails: [...new Set(emails)], rejected };
}

/** true, false, or null when the cell says neither; words in four languages. */
export function readBoolean(text: string): boolean | null {
  const clean = text.trim().toLowerCase();
  if (
    [
      'true',
      'yes',
      'y',
      '1',
      'ja',
      'j',
      'oui',
      'o',
      'si',
      'sí',
      's',
      'wahr',
      'vrai',
      'verdadero',
      'x',
      '✓',
      '✔',
      'verified',
    ].includes(clean)
  )
    return true;
  if (['false', 'no', 'n', '0', 'nein', 'non', 'falsch', 'faux', 'falso', '✗', '✘'].includes(clean)) return false;
  return null;
}

/** The platform a cell names; null when it names none that we know. */
export function readPlatform(text: string): Platform | null {
  const clean = fold(text);
  return platformWordsByName.find(([pattern]) => pattern.test(clean))?.[1] ?? null;
}

/** "Berlin, Germany" parted into place and country; a place alone stays a city. */
export function readLocation(text: string): { city: string | null; region: string | null; country: string | null } {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const last = parts.at(-1);
  if (last === undefined) return { city: null, region: null, country: null };
  const country = readCountry(last);
  const places = country === null ? parts : parts.slice(0, -1);
  return { city: places[0] ?? null, region: places.length > 1 ? (places.at(-1) ?? null) : null, country };
}

const genderWords: Record<string, string> = {
  f: 'female',
  w: 'female',
  female: 'female',
  woman: 'female',
  weiblich: 'female',
  frau: 'female',
  femme: 'female',
  mujer: 'female',
  femenino: 'female',
  m: 'male',
  male: 'male',
  man: 'male',
  mannlich: 'male',
  mann: 'male',
  homme: 'male',
  hombre: 'male',
  masculino: 'male',
  d: 'diverse',
  x: 'diverse',
  diverse: 'diverse',
  divers: 'diverse',
  'non binary': 'diverse',
  nonbinary: 'diverse',
  other: 'diverse',
};

/** A gender as stated: female, male or diverse; null when the text says none of them. */
export function readGender(text: string): string | null {
  return genderWords[fold(text)] ?? null;
}

const contactTypeWords: Record<string, ContactType> = {
  influencer: 'influencer',
  influencers: 'influencer',
  creator: 'influencer',
  ambassador: 'influencer',
  affiliate: 'influencer',
  partner: 'influencer',
  prospect: 'prospect',
  prospects: 'prospect',
  lead: 'prospect',
  manager: 'manager',
  'talent manager': 'manager',
  agent: 'manager',
  agency: 'manager',
  application: 'application',
  applicant: 'application',
};

/** What a contact is said to be; null when the text says none of the types. */
export function readContactType(text: string): ContactType | null {
  return contactTypeWords[fold(text)] ?? null;
}

/** Seconds from "90", "1:30", "1:02:03" or ISO 8601 "PT1M30S"; null when it is none. */
export function readDuration(text: string): number | null {
  const clean = text.trim();
  if (/^\d+(?:\.\d+)?(?:\s*s(?:ec(?:onds?)?)?)?$/i.test(clean)) return Number.parseFloat(clean);
  const clock = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$/.exec(clean);
  if (clock !== null) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const iso = /^P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/i.exec(clean);
  if (iso === null || clean.length < 4) return null;
  return Number(iso[1] ?? 0) * 86_400 + Number(iso[2] ?? 0) * 3600 + Number(iso[3] ?? 0) * 60 + Number(iso[4] ?? 0);
}
