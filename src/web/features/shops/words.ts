/** What is drawn from shops, and is asked for again when one changes. */
export const shopNouns = [
  'shops',
  'shop-products',
  'code-shops',
  'products',
  'codes',
  'seeding',
  'order-sources',
  'audit',
];

export const stateWords = {
  working: { label: 'connected', tone: 'good' },
  failing: { label: 'needs you', tone: 'bad' },
  off: { label: 'off', tone: 'plain' },
} as const;
