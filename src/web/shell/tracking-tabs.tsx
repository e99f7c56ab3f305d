import { UrlTabs } from '#web/shell/url-tabs.tsx';

const tabs = [
  { label: 'Links', to: '/tracking' },
  { label: 'Codes', to: '/tracking/codes' },
  { label: 'Tills', to: '/tracking/tills' },
  { label: 'Orders', to: '/tracking/orders' },
  { label: 'Leads', to: '/tracking/leads' },
  { label: 'Survey', to: '/tracking/survey' },
  { label: 'Fraud and leaks', to: '/tracking/fraud' },
  { label: 'Rules', to: '/tracking/rules' },
  { label: 'Models', to: '/tracking/models' },
  { label: 'Live', to: '/tracking/live' },
  { label: 'Order sources', to: '/tracking/sources' },
  { label: 'Rates', to: '/tracking/rates' },
  { label: 'Script', to: '/tracking/script' },
  { label: 'Not counted', to: '/tracking/dropped' },
  { label: 'Settings', to: '/tracking/settings' },
];

/** The pages of tracking; some of them are other features'. */
export function TrackingTabs() {
  return <UrlTabs label="Tracking" tabs={tabs} />;
}
