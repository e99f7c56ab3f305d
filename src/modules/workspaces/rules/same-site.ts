export interface RequestOrigin {
  secFetchSite: string | null;
  origin: string | null;
  /** Host the request itself was sent to, with its port. */
  host: string;
  publicUrl: string;
}

/**
 * Whether a request was sent by our own pages: browsers say so in Sec-Fetch-Site, older ones in Origin.
 * `unknown` when it carries neither, as programs' requests do.
 */
export function siteOf(request: RequestOrigin): 'own' | 'other' | 'unknown' {
  if (request.secFetchSite !== null) {
    // `none` is a person's own doing: an address typed or a bookmark.
    if (request.secFetchSite === 'same-origin' || request.secFetchSite === 'none') return 'own';
    return isOwnOrigin(request) ? 'own' : 'other';
  }
  if (request.origin === null) return 'unknown';
  return isOwnOrigin(request) ? 'own' : 'other';
}

function isOwnOrigin({ origin, host, publicUrl }: RequestOrigin): boolean {
  if (origin === null || !URL.canParse(origin)) return false;
  return new URL(origin).host === host || origin === new URL(publicUrl).origin;
}

/** True for the names and addresses by which a machine calls itself. Takes a host with or without port. */
export function isLoopbackHost(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address);
}
