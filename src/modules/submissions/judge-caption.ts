import type { Platform } from '#kernel/platform.ts';
import { campaignModelTraits } from '#modules/campaigns/api.ts';
import { checkDisclosure, type DisclosureInput, type MediaKind, type Relation } from '#modules/disclosure/api.ts';
import type { HouseRules } from '#modules/disclosure/index.ts';
import { type CaptionVerdict, captionMax } from './api.ts';
import type { DraftContext } from './read-context.ts';

export interface LabelRules extends HouseRules {
  relation: Relation;
  brandNames: string[];
}

/** What of the deal the rules of labels ask for: money makes it paid, goods alone gifted. */
export function labelRulesOf(
  context: Pick<DraftContext, 'card' | 'campaign' | 'enrolment' | 'workspace' | 'house'>,
): LabelRules {
  const { card, campaign, enrolment, workspace, house } = context;
  const isPaid = enrolment.fee !== null && enrolment.fee.amountMinor !== '0';
  return {
    ...house,
    country: card?.country ?? house.country,
    relation: isPaid ? 'paid' : campaignModelTraits[campaign.model].relation,
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

export interface CaptionToJudge {
  caption: string;
  platform: Platform;
  kind: MediaKind;
  spokenText: string | null;
  onScreenText: string | null;
  platformLabel: boolean | null;
  rules: LabelRules;
}

/** A caption as the rules of labels take it. */
export function checkOf(of: CaptionToJudge): DisclosureInput & { country: string } {
  const { rules, platform, platformLabel } = of;
  return {
    ...rules,
    caption: of.caption.slice(0, captionMax),
    platform,
    media: { kind: of.kind, spokenText: of.spokenText, onScreenText: of.onScreenText },
    platformLabel,
  };
}

/** Is the advertising labelled as the rules of the creator's country ask? The workspace's own strictness and words count. */
export function judgeCaption(of: CaptionToJudge): CaptionVerdict {
  return { ...checkDisclosure(checkOf(of)), country: of.rules.country };
}
