import type { Platform } from '#kernel/platform.ts';
import { checkDisclosure, type MediaKind, type Relation } from '#modules/disclosure/api.ts';
import { type CaptionVerdict, captionMax } from './api.ts';
import type { DraftContext } from './read-context.ts';

/** Whose rules hold where the creator's country is not known. */
const usualCountry = 'US';

export interface LabelRules {
  country: string;
  relation: Relation;
  brandNames: string[];
}

/** What of the deal the rules of labels ask for: money makes it paid, goods alone gifted. */
export function labelRulesOf(context: Pick<DraftContext, 'card' | 'campaign' | 'enrolment' | 'workspace'>): LabelRules {
  const { card, campaign, enrolment, workspace } = context;
  const isPaid = enrolment.fee !== null && enrolment.fee.amountMinor !== '0';
  return {
    country: card?.country ?? usualCountry,
    relation: isPaid || campaign.model !== 'product_seeding' ? 'paid' : 'gifted',
    brandNames: [workspace.name],
  };
}

/** What kind of thing is published, by what the deliverable is called and what was handed in. */
export function mediaKindOf(of: { format: string; platform: Platform; videos: number; images: number }): MediaKind {
  const { format } = of;
  if (/stor(y|ies)/i.test(format)) return 'story';
  if (/\blive(stream)?\b/i.test(format)) return 'live';
  if (/podcast|audio/i.test(format)) return 'audio';
  if (/reel|video|short|clip/i.test(format) || of.videos > 0) return 'video';
  if (/carousel/i.test(format) || of.images > 1) return 'carousel';
  if (/article|blog|text/i.test(format) || of.platform === 'blog') return 'text';
  return 'image';
}

/** Is the advertising labelled as the rules of the creator's country ask? */
export function judgeCaption(of: {
  caption: string;
  platform: Platform;
  kind: MediaKind;
  spokenText: string | null;
  onScreenText: string | null;
  platformLabel: boolean | null;
  rules: LabelRules;
}): CaptionVerdict {
  const { rules, platform, platformLabel } = of;
  const verdict = checkDisclosure({
    caption: of.caption.slice(0, captionMax),
    platform,
    country: rules.country,
    media: { kind: of.kind, spokenText: of.spokenText, onScreenText: of.onScreenText },
    relation: rules.relation,
    platformLabel,
    brandNames: rules.brandNames,
  });
  return { ...verdict, country: rules.country };
}
