import { findSourceByName, type TrafficSource } from './find-source.ts';

/** Channel groups as GA4 names them, with assistants, which GA4 files under Referral, as a group of their own. */
export const channels = [
  'Cross-network',
  'Paid Shopping',
  'Paid Search',
  'Paid Social',
  'Paid Video',
  'Display',
  'Paid Other',
  'Organic Shopping',
  'Organic Social',
  'Organic Video',
  'AI Assistants',
  'Organic Search',
  'Email',
  'Affiliates',
  'Audio',
  'SMS',
  'Mobile Push Notifications',
  'Referral',
  'Direct',
] as const;
export type Channel = (typeof channels)[number];

/** How a visit says where it came from; null where it does not. */
export interface VisitOrigin {
  /** Site that sent the visitor: a name or a host. */
  source: string | null;
  utmSource: string | null;
  utmMedium: string | null;
  utmCampaign: string | null;
  /** Name of an ad network's click parameter the landing address carried (gclid, msclkid). */
  clickIdParam: string | null;
}

// The patterns of Google's "Default channel group" page.
const paidMedium = /^(?:.*cp.*|ppc|retargeting|paid.*)$/;
const shoppingCampaign = /^(?:.*(?:(?:[^a-df-z]|^)shop|shopping).*)$/;
const displayMedium = new Set(['display', 'banner', 'expandable', 'interstitial', 'cpm']);
const socialMedium = new Set(['social', 'social-network', 'social-media', 'sm', 'social network', 'social media']);
const email = /^e[-_ ]?mail$|newsletter/;
// People name their ads in utm_source where the medium should say it: facebook-ads, google_ads.
const adsSource = /^(.+?)[-_ .]?(?:paid|ads?)$/;
// An ad network's click parameter speaks for that network only: passed on by another site it says nothing.
const networks: Readonly<Record<string, string>> = {
  gclid: 'Google',
  gbraid: 'Google',
  wbraid: 'Google',
  msclkid: 'Bing',
};

/** The channel group of a visit: the first group in GA4's order whose definition fits. */
export function channelOf(origin: VisitOrigin): Channel {
  const medium = lower(origin.utmMedium);
  const campaign = lower(origin.utmCampaign);
  const utmSource = lower(origin.utmSource);
  const said = lower(origin.source);
  const ads = namedAds(utmSource);
  const site = siteOf(utmSource, said) ?? ads;
  const network = networks[lower(origin.clickIdParam)];
  const isPaid = paidMedium.test(medium) || ads !== null || (network !== undefined && site?.name === network);
  const isShopping = site?.kind === 'shopping' || shoppingCampaign.test(campaign);

  if (campaign.includes('cross-network')) return 'Cross-network';
  if (isPaid) {
    if (isShopping) return 'Paid Shopping';
    if (site?.kind === 'search') return 'Paid Search';
    if (site?.kind === 'social') return 'Paid Social';
    if (site?.kind === 'video') return 'Paid Video';
  }
  if (displayMedium.has(medium)) return 'Display';
  if (isPaid || site?.kind === 'ads') return 'Paid Other';
  if (isShopping) return 'Organic Shopping';
  if (site?.kind === 'social' || socialMedium.has(medium)) return 'Organic Social';
  if (site?.kind === 'video' || medium.includes('video')) return 'Organic Video';
  if (site?.kind === 'ai') return 'AI Assistants';
  if (site?.kind === 'search' || medium === 'organic') return 'Organic Search';
  if (site?.kind === 'email' || email.test(utmSource) || email.test(said) || email.test(medium)) return 'Email';
  return laterChannel({ medium, source: utmSource === '' ? said : utmSource });
}

function laterChannel({ medium, source }: { medium: string; source: string }): Channel {
  if (medium === 'affiliate' || medium === 'affiliates') return 'Affiliates';
  if (medium === 'audio') return 'Audio';
  if (source === 'sms' || medium === 'sms') return 'SMS';
  if (medium.endsWith('push') || medium.includes('mobile') || medium.includes('notification') || source === 'firebase')
    return 'Mobile Push Notifications';
  if (source === 'direct' || source === '(direct)') return 'Direct';
  if (['referral', 'app', 'link'].includes(medium) || source !== '') return 'Referral';
  return 'Direct';
}

/** What utm_source names, else the site; a word the table does not know leaves the site its say. */
function siteOf(utmSource: string, said: string): TrafficSource | null {
  return findSourceByName(utmSource) ?? findSourceByName(said);
}

function namedAds(utmSource: string): TrafficSource | null {
  const name = adsSource.exec(utmSource)?.[1];
  return name === undefined ? null : findSourceByName(name);
}

function lower(text: string | null): string {
  return (text ?? '').trim().toLowerCase();
}
