import { UrlTabs } from '#web/shell/url-tabs.tsx';

const tabs = [
  { label: 'Search', to: '/discover' },
  { label: 'Overlap', to: '/discover/overlap' },
  { label: 'Brands', to: '/discover/brands' },
  { label: 'Customers', to: '/discover/customers' },
  { label: 'Tiers', to: '/discover/tiers' },
];

/** What lies around the search: the pages on audiences, brands, customers and sizes. */
export function MarketTabs() {
  return <UrlTabs label="Discover" tabs={tabs} />;
}
