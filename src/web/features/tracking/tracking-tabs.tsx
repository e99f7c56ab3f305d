import { UrlTabs } from '#web/shell/url-tabs.tsx';

const tabs = [
  { label: 'Links', to: '/tracking' },
  { label: 'Codes', to: '/tracking/codes' },
  { label: 'Orders', to: '/tracking/orders' },
  { label: 'Live', to: '/tracking/live' },
  { label: 'Order sources', to: '/tracking/sources' },
];

export function TrackingTabs() {
  return <UrlTabs label="Tracking" tabs={tabs} />;
}
