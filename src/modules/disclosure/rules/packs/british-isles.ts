import type { Pack } from '../pack.ts';
import { standardRules } from './standard-rules.ts';

const readOn = '2026-11-23';

/** The CAP Code, section 2, and the guidance of ASA, CAP and CMA for influencers. */
export const gb: Pack = {
  id: 'gb',
  version: '2026.1',
  countries: ['GB', 'UK'],
  name: 'United Kingdom',
  authority: 'Advertising Standards Authority and Competition and Markets Authority',
  languages: ['en'],
  coverage: 'full',
  leavesOut: ['broadcast rules of Ofcom', 'the special rules for food, alcohol, gambling and finance'],
  sources: [
    {
      id: 'CAP2',
      title: 'CAP Code, section 2: recognition of marketing communications',
      publisher: 'CAP',
      url: 'https://www.asa.org.uk/type/non_broadcast/code_section/02.html',
      dated: '2010-09, as amended',
      readAs: 'account',
      readOn,
    },
    {
      id: 'ASA',
      title: 'Recognising ads: social media and influencer marketing',
      publisher: 'CAP',
      url: 'https://www.asa.org.uk/advice-online/recognising-ads-social-media.html',
      dated: '2023-03',
      readAs: 'text',
      readOn,
    },
    {
      id: 'GUIDE',
      title: "Influencers' guide to making clear that ads are ads",
      publisher: 'CAP and CMA',
      url: 'https://www.asa.org.uk/resource/influencers-guide.html',
      dated: '2023-03',
      readAs: 'account',
      readOn,
    },
    {
      id: 'DMCC',
      title: 'Digital Markets, Competition and Consumers Act 2024, Schedule 20',
      publisher: 'UK Parliament',
      url: 'https://www.legislation.gov.uk/ukpga/2024/13/schedule/20',
      dated: '2025-04-06',
      readAs: 'knowledge',
      readOn,
    },
  ],
  rules: [
    ...standardRules({
      prefix: 'UK',
      law: 'CAP2',
      guidance: 'ASA',
      gifts: 'fail',
      affiliates: 'fail',
      says: {
        terms:
          'Ad, advert or advertisement at least. Sponsored, spon, gifted, collab, ambassador, affiliate and thanks to a brand are not understood by all.',
        place: 'The label stands upfront, before anybody has to tap "see more".',
        run: 'The label is not hidden among other hashtags.',
        gifts:
          'Free, lent or discounted products and own brands are disclosed; how many followers somebody has does not matter.',
      },
    }),
    {
      id: 'UK-14',
      title: 'No smallest size',
      says: 'The rules hold for everybody, virtual influencers included, however few follow them.',
      source: 'ASA',
      severity: 'info',
      check: { kind: 'told' },
    },
    {
      id: 'UK-15',
      title: 'Hidden advertising is banned',
      says: 'Editorial content that was paid for without saying so is unfair in all circumstances.',
      source: 'DMCC',
      severity: 'info',
      check: { kind: 'told' },
    },
    {
      id: 'UK-16',
      title: 'Not posing as a consumer',
      says: 'A marketing communication does not claim or imply that its author acts as a consumer.',
      source: 'CAP2',
      severity: 'info',
      check: { kind: 'told' },
    },
    {
      id: 'UK-17',
      title: 'Both are responsible',
      says: 'Brand and influencer answer for the label together.',
      source: 'GUIDE',
      severity: 'info',
      check: { kind: 'told' },
    },
  ],
  terms: {
    'en:sponsored': 'ambiguous',
    'en:sponsored by': 'ambiguous',
    'en:sponsoredby': 'ambiguous',
    'en:sponsored post': 'ambiguous',
    'en:sponsored content': 'ambiguous',
    'en:sponsored video': 'ambiguous',
    'thanks-for-gift': 'ambiguous',
  },
  giftTermsDo: false,
  wording: { en: 'Ad' },
};

/** The joint guidance of CCPC and ASAI of October 2023. */
export const ie: Pack = {
  id: 'ie',
  version: '2026.1',
  countries: ['IE'],
  name: 'Ireland',
  authority: 'Competition and Consumer Protection Commission and Advertising Standards Authority',
  languages: ['en'],
  coverage: 'partial',
  leavesOut: [
    'the secondary labels for brand invitations',
    'broadcast rules of Coimisiún na Meán',
    'the code of the ASA beyond recognisability',
  ],
  sources: [
    {
      id: 'CCPC',
      title: 'Guidance on influencer advertising and marketing',
      publisher: 'CCPC and ASAI',
      url: 'https://www.ccpc.ie/business/help-for-business/guidelines-for-business/influencer-advertising-and-marketing/',
      dated: '2023-10',
      readAs: 'account',
      readOn,
    },
    {
      id: 'CPA',
      title: 'Consumer Protection Act 2007, section 55',
      publisher: 'Oireachtas',
      url: 'https://www.irishstatutebook.ie/eli/2007/act/19/enacted/en/html',
      dated: '2007',
      readAs: 'knowledge',
      readOn,
    },
  ],
  rules: standardRules({
    prefix: 'IE',
    law: 'CPA',
    guidance: 'CCPC',
    gifts: 'fail',
    affiliates: 'fail',
    says: {
      terms:
        '#Ad for everything commercial, #Fógra in posts in Irish; #gifted only where a gift came unasked and the brand has no say. Own labels such as #IWorkWith confuse.',
      place: 'The label is seen at once, without a tap.',
    },
  }),
  terms: { 'en:sponsored': 'ambiguous', 'en:sponsored post': 'ambiguous' },
  giftTermsDo: true,
  wording: { en: 'Ad', ga: 'Fógra' },
};
