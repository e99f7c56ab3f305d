// Address blocks from which computing capacity is let (Amazon, Google, DigitalOcean, Hetzner, OVH, Akamai's Linode, Vultr, Alibaba, Tencent,
// Oracle, Scaleway), written down on 2026-11-23 from what is known of them and not compared with their announcements of that day. Left out
// on purpose are blocks that carry people: relays (iCloud Private Relay at Akamai, Cloudflare and Fastly), company networks, and content
// networks. The list is short: a machine it does not know counts, and a workspace may switch the rule off.
const blocks = `
3.0.0.0/9 13.48.0.0/13 13.56.0.0/14 18.130.0.0/16 18.132.0.0/14 18.184.0.0/15 18.192.0.0/13 18.200.0.0/13 18.208.0.0/13
34.192.0.0/10 35.152.0.0/13 35.160.0.0/12 35.176.0.0/13 44.192.0.0/10 50.16.0.0/14 52.0.0.0/11 52.32.0.0/11 54.64.0.0/11 54.144.0.0/12
54.160.0.0/11 54.192.0.0/12 54.208.0.0/13 54.216.0.0/14 54.224.0.0/11 99.79.0.0/16
34.64.0.0/11 34.96.0.0/12 34.112.0.0/14 34.118.0.0/16 34.120.0.0/13 34.128.0.0/10 35.184.0.0/13 35.192.0.0/12 35.208.0.0/12 35.224.0.0/12 35.240.0.0/13
104.131.0.0/16 104.236.0.0/16 134.209.0.0/16 137.184.0.0/16 138.68.0.0/16 138.197.0.0/16 139.59.0.0/16 142.93.0.0/16 143.110.0.0/16 146.190.0.0/16
157.230.0.0/16 157.245.0.0/16 159.65.0.0/16 159.89.0.0/16 159.203.0.0/16 161.35.0.0/16 164.90.0.0/16 164.92.0.0/16 165.22.0.0/16 165.227.0.0/16
167.71.0.0/16 167.99.0.0/16 167.172.0.0/16 174.138.0.0/16 178.128.0.0/16 188.166.0.0/16 206.189.0.0/16 209.97.128.0/18
5.9.0.0/16 46.4.0.0/16 65.108.0.0/15 78.46.0.0/15 88.198.0.0/16 88.99.0.0/16 94.130.0.0/16 95.216.0.0/15 116.202.0.0/15 135.181.0.0/16
136.243.0.0/16 138.201.0.0/16 144.76.0.0/16 148.251.0.0/16 157.90.0.0/16 159.69.0.0/16 162.55.0.0/16 167.235.0.0/16 168.119.0.0/16 176.9.0.0/16
178.63.0.0/16 188.40.0.0/16 195.201.0.0/16
51.38.0.0/16 51.68.0.0/16 51.75.0.0/16 51.77.0.0/16 51.79.0.0/16 51.83.0.0/16 51.89.0.0/16 51.91.0.0/16 51.178.0.0/16 51.195.0.0/16 51.222.0.0/16
54.36.0.0/14 91.121.0.0/16 94.23.0.0/16 137.74.0.0/16 141.94.0.0/15 144.217.0.0/16 145.239.0.0/16 147.135.0.0/16 149.202.0.0/16 151.80.0.0/16 158.69.0.0/16
164.132.0.0/16 167.114.0.0/16 176.31.0.0/16 178.32.0.0/15 188.165.0.0/16 192.99.0.0/16 198.27.64.0/18
139.162.0.0/16 172.104.0.0/15 173.255.192.0/18 178.79.128.0/18 45.33.0.0/17 45.56.64.0/18 45.79.0.0/16 50.116.0.0/18 96.126.96.0/19 192.155.80.0/20
45.76.0.0/16 45.77.0.0/16 108.61.0.0/16 140.82.0.0/18 144.202.0.0/16 149.28.0.0/16 207.148.0.0/18
47.74.0.0/15 47.88.0.0/14 47.235.0.0/16 47.236.0.0/14 47.240.0.0/14 47.250.0.0/15 47.252.0.0/15 47.254.0.0/16
43.128.0.0/14 43.132.0.0/14 43.152.0.0/14 49.51.0.0/16 119.28.0.0/15 124.156.0.0/16 129.226.0.0/16 150.109.0.0/16 170.106.0.0/16
132.145.0.0/16 129.146.0.0/15 130.61.0.0/16 140.238.0.0/16 150.136.0.0/16 158.101.0.0/16
51.15.0.0/16 51.158.0.0/15 163.172.0.0/16 212.47.224.0/19 62.210.0.0/16
`;

interface Block {
  from: number;
  to: number;
}

const sorted: readonly Block[] = blocks
  .trim()
  .split(/\s+/)
  .map(readBlock)
  .toSorted((a, b) => a.from - b.from);

/** True for an IPv4 address in a block that data centres let out. Of IPv6 nothing is known, and nothing is claimed. */
export function isDatacentreAddress(address: string): boolean {
  const number = numberOf(address);
  if (number === null) return false;
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const block = sorted[middle];
    if (block === undefined) return false;
    if (number < block.from) high = middle - 1;
    else if (number > block.to) low = middle + 1;
    else return true;
  }
  return false;
}

function readBlock(text: string): Block {
  const [address = '', bits = '32'] = text.split('/');
  const from = numberOf(address) ?? 0;
  return { from, to: from + 2 ** (32 - Number(bits)) - 1 };
}

function numberOf(address: string): number | null {
  const parts = address.split('.');
  if (parts.length !== 4) return null;
  let number = 0;
  for (const part of parts) {
    const value = Number(part);
    if (part === '' || !Number.isInteger(value) || value < 0 || value > 255) return null;
    number = number * 256 + value;
  }
  return number;
}
