/**
 * One spelling for the address of a post, so that what an export says and what was typed meet: host without www and m, no
 * query but YouTube's video id, no fragment, no closing slash. Null for what is no http address.
 */
export function urlKey(raw: string): string | null {
  let url: URL;
  try {
    url = new URL(/^[a-z]+:\/\//i.test(raw.trim()) ? raw.trim() : `https://${raw.trim()}`);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (!url.hostname.includes('.')) return null;
  const host = url.hostname.toLowerCase().replace(/^(www|m|mobile)\./, '');
  const path = url.pathname.replace(/\/+$/, '');
  if (host === 'youtu.be') return `youtube.com/watch?v=${path.slice(1)}`;
  const video = host === 'youtube.com' ? url.searchParams.get('v') : null;
  return video !== null && path === '/watch' ? `youtube.com/watch?v=${video}` : `${host}${path}`;
}
