import type { DealRule } from '../api.ts';
import type { SponsoredWord, VettedPost } from './subject.ts';

/** A post that looks like part of a deal, and how openly it says so. */
export interface Deal {
  post: VettedPost;
  disclosure: 'clear' | 'weak' | 'none';
  rule: DealRule;
  /** The words that gave it away. */
  wording: string;
  /** Mentioned accounts or tagged brands, without the @. */
  brands: string[];
}

// Terms anybody understands; several languages. Kept apart from the disclosure rule packs, which judge form and place by country.
const clearTag =
  /#(ad|ads|advert|advertisement|advertising|sponsored|paidpartnership|paid_partnership|anzeige|werbung|publicidad|publicite|publicité|pubblicità|reklame|reklam|reclame)(?![\p{L}\p{N}_])/iu;
const clearPhrase =
  /\b(?:in )?(?:paid partnership with|sponsored by|bezahlte partnerschaft mit|anzeige:|werbung:|partenariat rémunéré avec|colaboración pagada con)/iu;
const weakTag =
  /#(sp|spon|sponsor|collab|partner|partnership|ambassador|brandambassador|gifted|gift|pr|pub|publi|colab|annonce|paid|invitation|[\p{L}\p{N}_]+(?:partner|ambassador))(?![\p{L}\p{N}_])/iu;
const thanks =
  /\b(?:thanks|thank you) (?:so much )?(?:to )?@[\w.]+ for (?:the|my|this|these|sending|gifting|inviting)\b/iu;
const ownCode =
  /\b(?:(?:use|with|using|apply|enter) (?:my |the )?(?:discount |promo )?code|(?:discount|promo|rabatt)[ -]?code|code promo|codice sconto|código)[: ]+["“']?([a-z][a-z0-9_-]{2,19})\b/iu;
const shopLink =
  /\b(?:link in (?:my )?bio|swipe up|link in der bio|lien en bio|link en bio)\b[^.!?\n]{0,60}\b(?:shop|buy|order|get yours|discount|off|sale|kaufen|acheter|comprar)\b|\b(?:shop|buy|order)\b[^.!?\n]{0,60}\blink in (?:my )?bio\b/iu;
const gifted = /\b(?:gifted by|kindly sent|gifted me|pr sample|gratis erhalten|offert par)\b/iu;

const affiliateLink =
  /#(?:affiliate|affiliatelink|aff)\b|\baffiliate[- ]?links?\b|\b(?:amzn\.to|liketk\.it|shopltk\.com|rstyle\.me|shopmy\.us|geni\.us|shrsl\.com|awin1\.com)\/|[?&](?:ref|aff|affid|aff_id|affiliate|coupon|discount|irclickid)=/iu;
/** The account that a wording names as the one who paid; the other names are friends, photographers and places. */
const payer =
  /(?:partnership with|sponsored by|partnerschaft mit|rémunéré avec|pagada con|gifted by|thanks (?:so much )?to|thank you (?:so much )?to)\s+@([\p{L}\p{N}_.]{1,60})/iu;

/** True when the post says enough to search it for a deal. */
export function canBeSearched(post: VettedPost): boolean {
  return post.caption !== null || post.isPaidLabel !== null;
}

/**
 * Recognises deals by platform label, tags, wording, codes and links; the first sign that holds is the rule and names the disclosure. What a
 * person said goes before all of them.
 */
export function findDeal(post: VettedPost, ownHandle: string, said: SponsoredWord | null = null): Deal | null {
  if (said?.isSponsored === false) return null;
  const found = findByRules(post, ownHandle);
  if (said === null) return found;
  const brands =
    said.brands.length > 0 ? said.brands.map((one) => one.toLowerCase()) : (found?.brands ?? brandsOf(post, ownHandle));
  if (found !== null) return { ...found, brands };
  return { post, disclosure: 'none', rule: 'person', wording: `said by ${said.by}`, brands };
}

function findByRules(post: VettedPost, ownHandle: string): Deal | null {
  const text = `${post.caption ?? ''} ${post.hashtags.map((tag) => `#${tag.replace(/^#/, '')}`).join(' ')}`;
  const brands = brandsOf(post, ownHandle);
  const as = (disclosure: Deal['disclosure'], rule: DealRule, wording: string): Deal => ({
    post,
    disclosure,
    rule,
    wording: wording.trim(),
    brands,
  });
  if (post.isPaidLabel === true) return as('clear', 'platform_label', 'paid partnership label of the platform');
  const clear = clearTag.exec(text) ?? clearPhrase.exec(text);
  if (clear !== null) return as('clear', 'clear_term', clear[0]);
  const weak = weakTag.exec(text);
  if (weak !== null) return as('weak', 'weak_term', weak[0]);
  const thanked = thanks.exec(text);
  if (thanked !== null) return as('weak', 'thanks', thanked[0]);
  const code = findCode(text);
  if (code !== null) return as('none', 'code', code[0]);
  const link = brands.length > 0 ? shopLink.exec(text) : null;
  if (link !== null) return as('none', 'shop_link', link[0]);
  const affiliate = affiliateLink.exec(text);
  if (affiliate !== null) return as('none', 'affiliate_link', affiliate[0]);
  const gift = gifted.exec(text);
  return gift === null ? null : as('none', 'gifted', gift[0]);
}

/** A code is written in capitals, else "use code words" would be one. */
function findCode(text: string): RegExpExecArray | null {
  const match = ownCode.exec(text);
  return match?.[1] !== undefined && match[1] === match[1].toUpperCase() ? match : null;
}

const brandsPerPostMax = 5;

function brandsOf(post: VettedPost, ownHandle: string): string[] {
  const own = ownHandle.toLowerCase();
  const paying = payer
    .exec(post.caption ?? '')?.[1]
    ?.replace(/\.+$/, '')
    .toLowerCase();
  if (paying !== undefined && paying !== '' && paying !== own) return [paying];
  const named = post.mentions.map((mention) => mention.replace(/^@/, '').replace(/\.+$/, '').toLowerCase());
  const tagged = post.hashtags.flatMap(
    (tag) => /^#?([\p{L}\p{N}_]{3,})(?:partner|ambassador)$/iu.exec(tag)?.[1]?.toLowerCase() ?? [],
  );
  return [...new Set([...named, ...tagged])]
    .filter((name) => name !== '' && name !== own && name !== 'brand')
    .slice(0, brandsPerPostMax);
}
