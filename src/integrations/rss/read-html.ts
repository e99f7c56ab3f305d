const headCharsMax = 500_000;
const tag = /<(link|meta|title)\b([^>]{0,4000})>/gi;
const attribute = /([a-z][a-z0-9:_-]{0,60})\s*=\s*("[^"]{0,4000}"|'[^']{0,4000}'|[^\s"'>]{1,2000})/gi;

export interface PageHead {
  title: string | null;
  description: string | null;
  image: string | null;
  language: string | null;
  /** Addresses of feeds the page names (RSS autodiscovery, HTML `rel=alternate`), absolute. */
  feeds: string[];
}

const feedTypes = /^(application\/(rss|atom|feed)\+(xml|json)|application\/json)$/i;

/** The few things a page says of itself in its head. Looks at tags only and runs nothing; what is no HTML gives an empty head. */
export function readHead(html: string, pageUrl: string): PageHead {
  const text = html.slice(0, headCharsMax);
  const head: PageHead = { title: null, description: null, image: null, language: null, feeds: [] };
  for (const match of text.matchAll(tag)) {
    const attributes = attributesOf(match[2] ?? '');
    switch (match[1]?.toLowerCase()) {
      case 'title':
        head.title ??= plainText(text.slice(match.index + match[0].length).split('<')[0] ?? '') || null;
        break;
      case 'link':
        addFeed(head, attributes, pageUrl);
        break;
      default:
        addMeta(head, attributes, pageUrl);
    }
  }
  head.language = /<html\b[^>]{0,1000}\blang\s*=\s*["']?([a-z]{2,3})\b/i.exec(text)?.[1]?.toLowerCase() ?? null;
  return head;
}

function addFeed(head: PageHead, attributes: Map<string, string>, pageUrl: string): void {
  const isAlternate = /\balternate\b/i.test(attributes.get('rel') ?? '');
  const url = URL.parse(attributes.get('href') ?? '', pageUrl)?.href;
  // Feeds of comments hold other people's words.
  const isComments = /comments/i.test(`${attributes.get('title') ?? ''} ${url ?? ''}`);
  if (isAlternate && url !== undefined && feedTypes.test(attributes.get('type') ?? '') && !isComments)
    head.feeds.push(url);
}

function addMeta(head: PageHead, attributes: Map<string, string>, pageUrl: string): void {
  const name = (attributes.get('property') ?? attributes.get('name') ?? '').toLowerCase();
  const content = attributes.get('content') ?? '';
  if (content === '') return;
  if (name === 'og:site_name') head.title = content;
  if (name === 'description' || name === 'og:description') head.description ??= content;
  if (name === 'og:image') head.image ??= URL.parse(content, pageUrl)?.href ?? null;
}

function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(attribute))
    found.set((match[1] ?? '').toLowerCase(), decodeEntities((match[2] ?? '').replace(/^["']|["']$/g, '')));
  return found;
}

/** Markup as plain text: no scripts, no tags, entities decoded, white space in one. */
export function plainText(markup: string): string {
  return decodeEntities(
    markup
      .slice(0, headCharsMax)
      .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi, ' ')
      .replace(/<[^>]{0,5000}>/g, ' '),
  )
    .replace(/\s+/g, ' ')
    .trim();
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
}
