import type { VettedPost } from './subject.ts';

/** A post that looks like part of a deal, and how openly it says so. */
export interface Deal {
  post: VettedPost;
  disclosure: 'clear' | 'weak' | 'none';
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

/** True when the post says enough to search it for a deal. */
export function canBeSearched(post: VettedPost): boolean {
  return post.caption !== null || post.isPaidLabel !== null;
}

/** Recognises deals by platform label, tags, wording, codes and links; the first sign that holds names the disclosure. */
export function findDeal(post: VettedPost, ownHandle: string): Deal | null {
  const text = `${post.caption ?? ''} ${post.hashtags.map((tag) => `#${tag.replace(/^#/, '')}`).join(' ')}`;
  const brands = brandsOf(post, ownHandle);
  const as = (disclosure: Deal['disclosure'], wording: string): Deal => ({ post, disclosure, wording, brands });
  if (post.isPaidLabel === true) return as('clear', 'paid partnership label of the platform');
  const clear = clearTag.exec(text) ?? clearPhrase.exec(text);
  if (clear !== null) return as('clear', clear[0].trim());
  const weak = weakTag.exec(text) ?? thanks.exec(text);
  if (weak !== null) return as('weak', weak[0].trim());
  const hidden = findCode(text) ?? (brands.length > 0 ? (shopLink.exec(text) ?? gifted.exec(text)) : gifted.exec(text));
  return hidden === null ? null : as('none', hidden[0].trim());
}

/** A code is written in capitals, else "use code words" would be one. */
function findCode(text: string): RegExpExecArray | null {
  const match = ownCode.exec(text);
  return match?.[1] !== undefined && match[1] === match[1].toUpperCase() ? match : null;
}

const brandsPerPostMax = 5;

function brandsOf(post: VettedPost, ownHandle: string): string[] {
  const own = ownHandle.toLowerCase();
  const named = post.mentions.map((mention) => mention.replace(/^@/, '').replace(/\.+$/, '').toLowerCase());
  const tagged = post.hashtags.flatMap(
    (tag) => /^#?([\p{L}\p{N}_]{3,})(?:partner|ambassador)$/iu.exec(tag)?.[1]?.toLowerCase() ?? [],
  );
  return [...new Set([...named, ...tagged])]
    .filter((name) => name !== '' && name !== own && name !== 'brand')
    .slice(0, brandsPerPostMax);
}
