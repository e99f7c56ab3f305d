/** Hashtags by which a post says that it is paid for, in English, German, Spanish, French and Turkish. */
const paidTags = new Set(
  'ad ads advert advertisement advertising sponsored sponsor sponsorship sp spon paid paidad paidpartnership paidpromotion gifted anzeige werbung bezahltewerbung werbungunbezahlt publicidad patrocinado publi sponsorise partenariatremunere reklam isbirligi'.split(
    ' ',
  ),
);
const paidPhrases =
  /\b(?:paid partnership|paid promotion|sponsored by|in (?:paid )?partnership with|bezahlte (?:partnerschaft|werbung|anzeige)|colaboraci[oó]n pagada|partenariat r[eé]mun[eé]r[eé])\b/iu;
const hashtagPattern = /#([\p{L}\p{N}_]+)/gu;
const mentionPattern = /(?<![\p{L}\p{N}_.])@([\p{L}\p{N}_](?:[\p{L}\p{N}_.]*[\p{L}\p{N}_])?)/gu;
const codePattern = /(\p{L}+[\s-])?\p{L}*(?:code|c[oó]digo)\b\s*[:"'“„«]?\s*([\p{L}\p{N}_-]{3,20})/giu;
const linkPattern =
  /#(?:affiliate|affiliatelink|aff|affiliatemarketing)\b|\baffiliate[- ]?links?\b|\b(?:amzn\.to|liketk\.it|shopltk\.com|rstyle\.me|shopmy\.us|geni\.us|bit\.ly|shrsl\.com|awin1\.com|go\.magik\.ly)\/|[?&](?:ref|aff|affid|aff_id|affiliate|tag|coupon|discount|irclickid)=/iu;

/** An affiliate post counts for so long. */
export const affiliateDays = 90;

export interface PostWords {
  caption: string | null;
  hashtags: readonly string[];
  mentions: readonly string[];
  isPaidLabel: boolean | null;
}

/**
 * Whether a post says that it is paid for: by the platform's label, a hashtag of disclosure, or a phrase such as "paid partnership". Null where
 * neither label nor caption is known. A post that hides its payment is not found: the share is of disclosed ones.
 */
export function isSponsored(post: PostWords): boolean | null {
  if (post.isPaidLabel === true) return true;
  if (post.caption === null && post.hashtags.length === 0) return post.isPaidLabel;
  if (tagsOf(post).some((tag) => paidTags.has(tag))) return true;
  return paidPhrases.test(post.caption ?? '');
}

function tagsOf(post: PostWords): string[] {
  const inCaption = [...(post.caption ?? '').matchAll(hashtagPattern)].map((match) => match[1] ?? '');
  return [...post.hashtags, ...inCaption].map((tag) => tag.toLowerCase());
}

/** Accounts a post names, lower case without @, its own author left out. */
export function namedIn(post: PostWords, ownHandle: string): string[] {
  const inCaption = [...(post.caption ?? '').matchAll(mentionPattern)].map((match) => match[1] ?? '');
  const names = [...post.mentions, ...inCaption].map((name) => name.toLowerCase());
  return [...new Set(names)].filter((name) => name !== ownHandle.toLowerCase());
}

/** An account is named together with a code ("code ANNA10") or an affiliate link. Null where the caption is not known. */
export function isAffiliate(post: PostWords, ownHandle: string): boolean | null {
  if (post.caption === null) return null;
  if (namedIn(post, ownHandle).length === 0) return false;
  return namesCode(post.caption) || linkPattern.test(post.caption);
}

/** "code ANNA10": a word for code and then capitals; a dress code is none. */
function namesCode(caption: string): boolean {
  return [...caption.matchAll(codePattern)].some(
    ([, before = '', code = '']) =>
      !/^(?:dress|zip|area|country|source|qr)\W$/i.test(before) && /^[A-Z][A-Z0-9_-]+$/.test(code),
  );
}
