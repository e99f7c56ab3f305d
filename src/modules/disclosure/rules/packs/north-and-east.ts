import type { Pack } from '../pack.ts';
import { standardRules } from './standard-rules.ts';

const readOn = '2026-11-23';

export const nl: Pack = {
  id: 'nl',
  version: '2026.1',
  countries: ['NL'],
  name: 'Netherlands',
  authority: 'Stichting Reclame Code',
  languages: ['nl', 'en'],
  coverage: 'partial',
  leavesOut: ['duties of large video uploaders under the Mediawet', 'advertising for minors'],
  sources: [
    {
      id: 'RSM',
      title: 'Reclamecode Social Media & Influencer Marketing, met toelichting',
      publisher: 'Stichting Reclame Code',
      url: 'https://www.reclamecode.nl/social-toelichting/',
      dated: '2022-07-01',
      readAs: 'account',
      readOn,
    },
  ],
  rules: standardRules({
    prefix: 'NL',
    law: 'RSM',
    guidance: 'RSM',
    gifts: 'fail',
    affiliates: 'fail',
    understood: ['en'],
    says: {
      terms: '#ad, #adv, #spon, advertentie or reclame, at the beginning; other words when they are as clear.',
      gifts: 'Who got the product and no money may say just that.',
    },
  }),
  terms: { 'nl:adv': 'clear', 'en:spon': 'clear' },
  giftTermsDo: true,
  wording: { nl: 'Advertentie', en: 'Ad' },
};

export const pl: Pack = {
  id: 'pl',
  version: '2026.1',
  countries: ['PL'],
  name: 'Poland',
  authority: 'UOKiK',
  languages: ['pl'],
  coverage: 'partial',
  leavesOut: ['own brands (autopromocja)', 'the exception for a first unasked parcel'],
  sources: [
    {
      id: 'UOKIK',
      title: 'Rekomendacje Prezesa UOKiK dotyczące oznaczania treści reklamowych przez influencerów',
      publisher: 'UOKiK',
      url: 'https://uokik.gov.pl/rekomendacje-dla-influencerow',
      dated: '2022-09-26',
      readAs: 'account',
      readOn,
    },
    {
      id: 'UPNPR',
      title: 'Ustawa o przeciwdziałaniu nieuczciwym praktykom rynkowym, art. 6 i 7 pkt 11',
      publisher: 'Rzeczpospolita Polska',
      url: 'https://isap.sejm.gov.pl/isap.nsf/DocDetails.xsp?id=WDU20071711206',
      dated: '2007-08-23',
      readAs: 'account',
      readOn,
    },
  ],
  rules: standardRules({
    prefix: 'PL',
    law: 'UPNPR',
    guidance: 'UOKIK',
    gifts: 'fail',
    affiliates: 'fail',
    otherLanguage: 'fail',
    says: {
      terms:
        'Reklama, materiał reklamowy, współpraca reklamowa or płatna współpraca, in Polish, at the beginning; współpraca, ad or sp alone do not tell.',
    },
  }),
  terms: {},
  giftTermsDo: true,
  wording: { pl: 'Reklama', en: 'Ad' },
};

/** Members of the European Economic Area without a pack of their own: the directive all of them have made law. */
export const eu: Pack = {
  id: 'eu',
  version: '2026.1',
  countries: 'AT BE BG HR CY CZ DK EE FI GR HU IS LI LT LU LV MT NO PT RO SE SI SK'.split(' '),
  name: 'European Economic Area',
  authority: 'National consumer authorities',
  languages: ['en'],
  coverage: 'partial',
  leavesOut: ['national law and guidance of each member, which may ask for more'],
  sources: [
    {
      id: 'UCPD',
      title: 'Directive 2005/29/EC, Article 7(2) and Annex I point 11',
      publisher: 'European Union',
      url: 'https://eur-lex.europa.eu/eli/dir/2005/29/oj',
      dated: '2022-05-28',
      readAs: 'knowledge',
      readOn,
    },
    {
      id: 'HUB',
      title: 'Influencer Legal Hub',
      publisher: 'European Commission',
      url: 'https://commission.europa.eu/live-work-travel-eu/consumer-rights-and-complaints/influencer-legal-hub_en',
      dated: '2023-10',
      readAs: 'knowledge',
      readOn,
    },
  ],
  rules: standardRules({ prefix: 'EU', law: 'UCPD', guidance: 'HUB', gifts: 'fail', affiliates: 'fail' }),
  terms: {},
  giftTermsDo: false,
  wording: {},
};
