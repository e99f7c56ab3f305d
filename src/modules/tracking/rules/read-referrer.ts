const hostCharsMax = 100;

/** Host of the page a visitor came from; null when the browser did not tell or told no web address. Paths are not kept. */
export function readReferrerHost(referrer: string): string | null {
  if (referrer === '') return null;
  const match = /^(?:https?|android-app):\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(referrer);
  const host = match?.[1]?.toLowerCase().replace(/^www\./, '');
  return host === undefined || host === '' ? null : host.slice(0, hostCharsMax);
}
