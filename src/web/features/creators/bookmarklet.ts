import { type CapturedPage, capturedPageSchema } from '#modules/creators/api.ts';

/**
 * The bookmarklet: reads what the page one looks at says of itself (meta tags, JSON-LD, TikTok's marks, the beginning of the visible text) and
 * opens Rapport's capture page with it in the fragment. A fragment is sent to no server; opening a page is allowed from https to a local
 * http address, where a request would not be; and nothing is kept before a person confirms it here, so no other site can put anything in.
 */
export function bookmarkletOf(captureUrl: string): string {
  return `javascript:${encodeURIComponent(readerOf(captureUrl))}`;
}

/** Bounds as in capturedPageSchema; written for a browser's address line, hence short. */
function readerOf(captureUrl: string): string {
  return `(function(){var d=document,q=function(s){return Array.prototype.slice.call(d.querySelectorAll(s))},
c=function(t,n){return String(t||'').slice(0,n)},l=d.querySelector('link[rel=canonical]'),
p={url:c(location.href,4000),title:c(d.title,2000),canonical:c(l&&l.href,4000),
meta:q('meta[property],meta[name]').map(function(m){return[c(m.getAttribute('property')||m.name,200),c(m.content,5000)]}).filter(function(m){return/^(og:|twitter:|description|pinterestapp:|profile:)/.test(m[0])}).slice(0,60),
data:q('script[type="application/ld+json"]').map(function(s){return s.textContent||''}).filter(function(s){return s.length<20000}).slice(0,5),
marks:q('[data-e2e]').filter(function(e){return/^(user-|followers-|following-|likes-)/.test(e.dataset.e2e)}).map(function(e){return[c(e.dataset.e2e,100),c(e.innerText,5000)]}).slice(0,30),
text:c((d.querySelector('main,#page-header,header')||d.body).innerText,4000)};
window.open(${JSON.stringify(captureUrl)}+'#'+encodeURIComponent(JSON.stringify(p)),'_blank','noopener')})()`;
}

/** The page in the address's fragment; null when there is none, a text when it is not one of ours. */
export function readFragment(fragment: string): CapturedPage | null | 'damaged' {
  const text = fragment.replace(/^#/, '');
  if (text === '') return null;
  try {
    const parsed = capturedPageSchema.safeParse(JSON.parse(decodeURIComponent(text)));
    return parsed.success ? parsed.data : 'damaged';
  } catch {
    return 'damaged';
  }
}
