import type { Pack } from '../pack.ts';
import { standardRules } from './standard-rules.ts';

const readOn = '2026-11-23';

export const ca: Pack = {
  id: 'ca',
  version: '2026.1',
  countries: ['CA'],
  name: 'Canada',
  authority: 'Competition Bureau and Ad Standards',
  languages: ['en', 'fr'],
  coverage: 'partial',
  leavesOut: ['law of the provinces', 'child audiences and machine-made content'],
  sources: [
    {
      id: 'ADS',
      title: 'Influencer Marketing Disclosure Guidelines',
      publisher: 'Ad Standards',
      url: 'https://adstandards.ca/resources/library/influencer-marketing-disclosure-guidelines/',
      dated: '2025-10',
      readAs: 'account',
      readOn,
    },
    {
      id: 'CODE',
      title: 'Canadian Code of Advertising Standards, clauses 1, 2 and 7',
      publisher: 'Ad Standards',
      url: 'https://adstandards.ca/code/the-code-online/',
      dated: '2025',
      readAs: 'account',
      readOn,
    },
  ],
  rules: standardRules({
    prefix: 'CA',
    law: 'CODE',
    guidance: 'ADS',
    gifts: 'fail',
    affiliates: 'fail',
    branded: 'info',
    says: {
      terms:
        '#ad by itself is best; #sponsored, #BrandPartner and #BrandAmbassador do; #gifted and #InvitedGuest only where no post was asked for. Bare #partner, #ambassador, #collab, #sp and #spon do not.',
    },
  }),
  terms: { 'en:#xpartner': 'clear', 'fr:pub': 'clear' },
  giftTermsDo: true,
  wording: { en: 'Ad', fr: 'Pub' },
};

export const au: Pack = {
  id: 'au',
  version: '2026.1',
  countries: ['AU'],
  name: 'Australia',
  authority: 'Ad Standards and ACCC',
  languages: ['en'],
  coverage: 'partial',
  leavesOut: ['therapeutic goods, where paid testimonials are forbidden', 'alcohol and gambling'],
  sources: [
    {
      id: 'AANA',
      title: 'Code of Ethics, section 2.7: clearly distinguishable as advertising',
      publisher: 'AANA',
      url: 'https://aana.com.au/self-regulation/codes-guidelines/code-of-ethics/',
      dated: '2021-02',
      readAs: 'account',
      readOn,
    },
    {
      id: 'AIMCO',
      title: 'Influencer Marketing Code of Practice and Guide to Gifting and Ad Disclosure',
      publisher: 'AiMCO',
      url: 'https://www.aimco.org.au/best-practice',
      dated: '2021-09',
      readAs: 'account',
      readOn,
    },
  ],
  rules: standardRules({
    prefix: 'AU',
    law: 'AANA',
    guidance: 'AIMCO',
    gifts: 'fail',
    affiliates: 'fail',
    says: {
      terms:
        '#ad, #sponsored or paid partnership; #sp, #spon and #collab do not tell, and #gifted does not do where there is more than a gift.',
      gifts: 'Giving a product counts as control by the brand: gifts are disclosed.',
    },
  }),
  terms: {},
  giftTermsDo: true,
  wording: { en: 'Ad' },
};

export const india: Pack = {
  id: 'in',
  version: '2026.1',
  countries: ['IN'],
  name: 'India',
  authority: 'Central Consumer Protection Authority and ASCI',
  languages: ['en', 'hi'],
  coverage: 'partial',
  leavesOut: [
    'how long a label stays on the picture (by length of the video)',
    'health and finance influencers and their qualifications',
  ],
  sources: [
    {
      id: 'ASCI',
      title: 'Guidelines for Influencer Advertising in Digital Media',
      publisher: 'ASCI',
      url: 'https://www.ascionline.in/social/tools',
      dated: '2021-05-27, as amended',
      readAs: 'account',
      readOn,
    },
    {
      id: 'CCPA',
      title: 'Guidelines for Prevention of Misleading Advertisements, and Endorsements Know-hows',
      publisher: 'CCPA',
      url: 'https://consumeraffairs.nic.in/',
      dated: '2023-01-20',
      readAs: 'account',
      readOn,
    },
  ],
  rules: [
    ...standardRules({
      prefix: 'IN',
      law: 'CCPA',
      guidance: 'ASCI',
      gifts: 'fail',
      affiliates: 'fail',
      understood: ['en'],
      video: 'shown',
      says: {
        terms: 'Advertisement, ad, sponsored, collaboration, partnership, employee or free gift.',
        place: 'Within the first two lines, so that nobody has to tap for more.',
        media: 'Laid over the picture of the video.',
      },
    }),
    {
      id: 'IN-14',
      title: 'Used by oneself',
      says: 'Only products one has used or looked into are endorsed.',
      source: 'CCPA',
      severity: 'info',
      check: { kind: 'told' },
    },
    {
      id: 'IN-15',
      title: 'First two lines',
      says: 'The label is in the first two lines.',
      source: 'ASCI',
      severity: 'warn',
      check: { kind: 'first-lines', lines: 2 },
    },
  ],
  terms: {
    'en:collaboration': 'clear',
    'en:collab': 'ambiguous',
    'en:partnership': 'clear',
    'en:free gift': 'clear',
    'en:employee': 'clear',
    'en:in partnership with': 'clear',
    'en:in collaboration with': 'clear',
  },
  giftTermsDo: false,
  wording: { en: 'Ad', hi: 'विज्ञापन' },
};

/** What stands in where no pack is: the code most self-regulation is built on. */
export const international: Pack = {
  id: 'icc',
  version: '2026.1',
  countries: [],
  name: 'Elsewhere',
  authority: 'International Chamber of Commerce',
  languages: ['en'],
  coverage: 'partial',
  leavesOut: ['the law of the country, which this program does not know'],
  sources: [
    {
      id: 'ICC',
      title: 'Advertising and Marketing Communications Code, articles 7 and 8',
      publisher: 'ICC',
      url: 'https://iccwbo.org/news-publications/policies-reports/icc-advertising-and-marketing-communications-code/',
      dated: '2024-09',
      readAs: 'knowledge',
      readOn,
    },
  ],
  rules: standardRules({ prefix: 'ICC', law: 'ICC', guidance: 'ICC', gifts: 'fail', affiliates: 'fail' }),
  terms: {},
  giftTermsDo: false,
  wording: {},
};
