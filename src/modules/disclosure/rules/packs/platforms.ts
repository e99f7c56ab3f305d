import type { Platform } from '#kernel/platform.ts';
import type { PackRule, PackSource } from '../pack.ts';

const readOn = '2026-11-23';

/** What the platforms themselves ask for: their own switch for paid posts. They hold beside the law of any country. */
export const platformPack = { id: 'platform', version: '2026.1' };

export const platformSources: Partial<Record<Platform, PackSource>> = {
  instagram: {
    id: 'IG',
    title: 'Branded content policies',
    publisher: 'Meta',
    url: 'https://www.facebook.com/business/help/221149188908254',
    dated: '2025',
    readAs: 'knowledge',
    readOn,
  },
  tiktok: {
    id: 'TT',
    title: 'Promoting a brand, product or service',
    publisher: 'TikTok',
    url: 'https://support.tiktok.com/en/business-and-creator/creator-and-business-accounts/promoting-a-brand-product-or-service',
    dated: '2025',
    readAs: 'knowledge',
    readOn,
  },
  youtube: {
    id: 'YT',
    title: 'Add paid product placements, sponsorships and endorsements',
    publisher: 'YouTube',
    url: 'https://support.google.com/youtube/answer/154235',
    dated: '2025',
    readAs: 'knowledge',
    readOn,
  },
  pinterest: {
    id: 'PN',
    title: 'Paid partnership guidelines',
    publisher: 'Pinterest',
    url: 'https://policy.pinterest.com/en/paid-partnership-guidelines',
    dated: '2025',
    readAs: 'knowledge',
    readOn,
  },
};

export const platformRule: PackRule = {
  id: 'PL-1',
  title: "The platform's switch is on",
  says: 'The platform asks creators to turn its own label on for paid posts.',
  source: '',
  severity: 'warn',
  check: { kind: 'label-on', relations: ['paid'] },
};
