/** What the DNS says of a host; null where it said nothing. */
export interface DnsAnswer {
  cnames: readonly string[];
  txts: readonly string[];
}

export interface DnsWanted {
  host: string;
  /** Host of this installation. */
  ownHost: string;
  token: string;
}

/** Name of the record that proves a host whose address cannot be a CNAME. */
export function proofName(host: string): string {
  return `_rapport.${host}`;
}

/** What is still missing before a host is proven; null when it is. One of the two records is enough. */
export function judgeDns(answer: DnsAnswer, wanted: DnsWanted): string | null {
  if (answer.txts.some((text) => text.trim() === wanted.token)) return null;
  const target = answer.cnames.map((name) => name.toLowerCase().replace(/\.$/, ''));
  // A CNAME alone proves nothing where this installation has no name of its own that others could point at.
  if (target.includes(wanted.ownHost) && !isLocal(wanted.ownHost)) return null;
  if (answer.txts.length > 0)
    return `${proofName(wanted.host)} says "${(answer.txts[0] ?? '').slice(0, 60)}", not "${wanted.token}". Correct the record; changes can take an hour to be seen.`;
  if (target.length > 0)
    return `${wanted.host} points at ${target[0]}, not at ${wanted.ownHost}. Correct the CNAME, or add the TXT record.`;
  return `Neither the CNAME of ${wanted.host} nor the TXT record ${proofName(wanted.host)} was found. New records can take an hour to be seen.`;
}

function isLocal(host: string): boolean {
  return host === 'localhost' || !host.includes('.') || /^[\d.]+$/.test(host);
}
