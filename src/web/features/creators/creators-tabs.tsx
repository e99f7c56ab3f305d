import { UrlTabs } from '#web/shell/url-tabs.tsx';

const tabs = [
  { label: 'All creators', to: '/creators' },
  { label: 'Imports', to: '/creators/imports' },
  { label: 'Capture', to: '/creators/capture' },
  { label: 'Possible duplicates', to: '/creators/duplicates' },
  { label: 'Objections', to: '/creators/objections' },
];

export function CreatorsTabs() {
  return <UrlTabs label="Creators" tabs={tabs} />;
}
