const list = (words: string): string[] => words.split(' ');

/** Country names that Unicode has not, by code; several for regions people say. */
export const countryWords: Record<string, readonly string[]> = {
  uk: ['GB'],
  'u.k': ['GB'],
  britain: ['GB'],
  'great britain': ['GB'],
  england: ['GB'],
  scotland: ['GB'],
  wales: ['GB'],
  usa: ['US'],
  'the states': ['US'],
  'united states of america': ['US'],
  america: ['US'],
  uae: ['AE'],
  emirates: ['AE'],
  holland: ['NL'],
  'the netherlands': ['NL'],
  'czech republic': ['CZ'],
  czechia: ['CZ'],
  turkey: ['TR'],
  korea: ['KR'],
  deutschland: ['DE'],
  osterreich: ['AT'],
  schweiz: ['CH'],
  espana: ['ES'],
  italia: ['IT'],
  dach: ['DE', 'AT', 'CH'],
  benelux: ['BE', 'NL', 'LU'],
  scandinavia: ['DK', 'NO', 'SE'],
  nordics: ['DK', 'FI', 'IS', 'NO', 'SE'],
  baltics: ['EE', 'LV', 'LT'],
};

/** Names that are first of all something else, and are countries only after a preposition. */
export const countriesNeedingPreposition = new Set(
  list('turkey jordan chad georgia jersey guinea mali niger china cuba togo oman'),
);

/** Where somebody is from, by code. */
export const demonyms: Record<string, string> = Object.fromEntries(
  [
    'american US|british GB|english GB|scottish GB|welsh GB|irish IE|german DE|austrian AT|swiss CH|french FR|italian IT|spanish ES|portuguese PT',
    'dutch NL|belgian BE|danish DK|swedish SE|norwegian NO|finnish FI|icelandic IS|polish PL|czech CZ|slovak SK|hungarian HU|romanian RO|bulgarian BG',
    'greek GR|turkish TR|ukrainian UA|russian RU|croatian HR|serbian RS|slovenian SI|estonian EE|latvian LV|lithuanian LT|canadian CA|mexican MX',
    'brazilian BR|argentinian AR|argentine AR|chilean CL|colombian CO|peruvian PE|australian AU|indian IN|japanese JP|korean KR|chinese CN|indonesian ID',
    'malaysian MY|thai TH|vietnamese VN|filipino PH|singaporean SG|pakistani PK|egyptian EG|moroccan MA|nigerian NG|kenyan KE|ghanaian GH|israeli IL|saudi SA|emirati AE',
  ].flatMap((line) => line.split('|').map((pair) => pair.split(' '))),
);

/** Words that are a people and a language at once. */
export const isAlsoLanguage = new Set(
  list(
    'english german french italian spanish portuguese dutch danish swedish norwegian finnish icelandic polish czech slovak hungarian romanian bulgarian greek turkish ukrainian russian croatian serbian slovenian estonian latvian lithuanian japanese korean chinese indonesian thai vietnamese filipino',
  ),
);
