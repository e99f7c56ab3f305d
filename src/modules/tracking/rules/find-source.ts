import { type SourceKind, trafficSources } from './traffic-sources.ts';

/** A site that sends visitors and what it is. */
export interface TrafficSource {
  name: string;
  kind: SourceKind;
}

interface Entry extends TrafficSource {
  /** Start of the path this entry is bound to; empty for the whole host. */
  path: string;
}

const byHost = new Map<string, Entry[]>();
const byName = new Map<string, TrafficSource>();
fillTables();

// A host's second-last part belongs to its public ending in these (co.uk, com.au, ne.jp).
const secondLevels = new Set(['co', 'com', 'org', 'net', 'ne', 'or', 'ac', 'go', 'edu', 'gov']);
const labelsMax = 10;

/** The site behind a host (and path) of a referrer, or null when the table does not know it. The longest match wins. */
export function findSourceByHost(host: string, path = '/'): TrafficSource | null {
  const labels = host.toLowerCase().split('.').slice(-labelsMax);
  const mail = readsMail(labels);
  for (let at = 0; at < labels.length; at += 1) {
    const rest = labels.slice(at);
    const endings = [rest.join('.'), ...openEnding(rest)];
    for (const key of endings) {
      const entries = byHost.get(key) ?? [];
      const entry =
        entries.find((item) => item.path !== '' && path.startsWith(item.path)) ??
        // A reading host of a mail service (webmail3.orange.fr) is its mail, whatever else the name stands for.
        (mail ? entries.find((item) => item.path === '' && item.kind === 'email') : undefined) ??
        entries.find((item) => item.path === '');
      if (entry !== undefined) return { name: entry.name, kind: entry.kind };
    }
  }
  return null;
}

/** The site a person names in utm_source, or an analytics tool shows as source: a name, another spelling, or a host. */
export function findSourceByName(text: string): TrafficSource | null {
  const name = nameKey(text);
  if (name === '') return null;
  const known = byName.get(name);
  if (known !== undefined) return known;
  return text.includes('.')
    ? findSourceByHost(
        text
          .trim()
          .replace(/^https?:\/\//i, '')
          .split('/')[0] ?? '',
      )
    : null;
}

const mailLabel =
  /^(?:e?mail\d*|web-?mail\w*|wmail|messagerie|mailbusiness|mbox\d*|inbox|\w*mailer(?:-\w+)?|3c(?:-\w+)?)$/;

function readsMail(labels: readonly string[]): boolean {
  return labels.slice(0, -1).some((label) => mailLabel.test(label));
}

/** The key of a host below any public ending: one label, or two when the second-last is one of the known. */
function openEnding(labels: readonly string[]): string[] {
  if (labels.length === 2) return [`${labels[0]}.*`];
  const isLong = labels.length >= 3 && secondLevels.has(labels.at(-2) ?? '');
  return [...(isLong ? [`${labels.slice(0, -2).join('.')}.*`] : []), `${labels.slice(0, -1).join('.')}.*`];
}

function nameKey(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/\(.*\)/, '')
    .replace(/[^\p{L}\p{N}+]/gu, '');
}

function fillTables(): void {
  for (const [kind, text] of Object.entries(trafficSources) as [SourceKind, string][]) {
    for (const line of text.split('\n')) {
      const at = line.indexOf(' = ');
      if (at === -1) continue;
      const name = line.slice(0, at);
      learnName(name, { name, kind });
      for (const word of line
        .slice(at + 3)
        .trim()
        .split(/\s+/))
        learnWord(word, { name, kind });
    }
  }
}

function learnWord(word: string, source: TrafficSource): void {
  if (word.startsWith(':')) {
    learnName(word.slice(1), source);
    return;
  }
  const slashAt = word.indexOf('/');
  const host = slashAt === -1 ? word : word.slice(0, slashAt);
  const path = slashAt === -1 ? '' : word.slice(slashAt);
  const entries = byHost.get(host) ?? [];
  entries.push({ ...source, path });
  byHost.set(host, entries);
  const labels = host.replace(/\.\*$/, '.x').split('.');
  // People write "tiktok" for tiktok.com; the name of a host below another one says too little.
  if (path === '' && labels.length === 2 && (labels[0] ?? '').length > 2) learnName(labels[0] ?? '', source);
}

/** The first line that claims a name keeps it. */
function learnName(text: string, source: TrafficSource): void {
  const key = nameKey(text);
  if (key !== '' && !byName.has(key)) byName.set(key, source);
}
