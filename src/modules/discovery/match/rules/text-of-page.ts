/** What a web page says to its readers. */
export interface PageText {
  title: string | null;
  text: string;
}

/** Elements whose content nobody reads. */
const silent = new Set(['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'select', 'head']);
/** Parts of a page that are the same on every page and say nothing of the brand. */
const frame = new Set(['nav', 'footer', 'form', 'dialog']);
/** Elements inside a line: what they hold belongs to the words around it. */
const inline = new Set(
  'a abbr b bdi bdo cite code data dfn em font i kbd mark q s samp small span strong sub sup time u var'.split(' '),
);
const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  szlig: 'ß',
  ntilde: 'ñ',
  euro: '€',
  pound: '£',
  copy: '©',
  reg: '®',
  trade: '™',
};

/**
 * The title, the description and the visible text of an HTML page, one line a block; scripts, styles, menus, forms and footers are left out. Reads
 * the text once from its start to its end, however it is broken.
 */
export function textOfPage(html: string): PageText {
  const page: Page = { html, lower: lowerOf(html) };
  const title = between(page, '<title', '</title');
  const description = metaContent(page, 'description') ?? metaContent(page, 'og:description');
  const body = visibleText(page);
  const parts = [title, description, body].filter((part): part is string => part !== null && part !== '');
  return { title, text: [...new Set(parts)].join('\n') };
}

interface Page {
  html: string;
  /** Of the same length, for finding tags. */
  lower: string;
}

/** A letter that changes its length in lower case would move all places behind it: then only the letters of tags are lowered. */
function lowerOf(html: string): string {
  const lower = html.toLowerCase();
  return lower.length === html.length ? lower : html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function visibleText(page: Page): string {
  const { html } = page;
  const lines: string[] = [];
  let line = '';
  const flush = () => {
    const clean = decode(line).replace(/\s+/g, ' ').trim();
    if (clean !== '' && lines.at(-1) !== clean) lines.push(clean);
    line = '';
  };
  // Looked for once: a page full of begun tags is not searched to its end for each of them.
  const lastClose = html.lastIndexOf('>');
  const unended = new Set<string>();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    line += html.slice(at, open < 0 ? html.length : open);
    if (open < 0) break;
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4);
      at = end < 0 ? html.length : end + 3;
      continue;
    }
    if (/^<[!?]/.test(html.slice(open, open + 2)) && open < lastClose) {
      at = html.indexOf('>', open) + 1;
      continue;
    }
    const close = open > lastClose ? -1 : html.indexOf('>', open + 1);
    const tag = /^<(\/?)([a-z][a-z0-9-]*)/i.exec(html.slice(open, open + 40));
    if (close < 0 || tag === null) {
      line += '<';
      at = open + 1;
      continue;
    }
    const name = (tag[2] ?? '').toLowerCase();
    if (!inline.has(name)) flush();
    at = close + 1;
    const isSkipped = tag[1] === '' && html[close - 1] !== '/' && (silent.has(name) || frame.has(name));
    if (!isSkipped || unended.has(name)) continue;
    const end = endOf(page, name, at);
    if (end === at) unended.add(name);
    at = end;
  }
  flush();
  return lines.join('\n');
}

/** Behind the end tag of an element; where there is none, behind the start tag, or the end of the page for what is never read. */
function endOf({ html, lower }: Page, name: string, from: number): number {
  const found = lower.indexOf(`</${name}`, from);
  if (found < 0) return silent.has(name) && name !== 'head' ? html.length : from;
  const close = html.indexOf('>', found);
  return close < 0 ? html.length : close + 1;
}

function between({ html, lower }: Page, open: string, end: string): string | null {
  const start = lower.indexOf(open);
  if (start < 0) return null;
  const from = html.indexOf('>', start);
  const to = from < 0 ? -1 : lower.indexOf(end, from);
  const text =
    from < 0 || to < 0
      ? ''
      : decode(html.slice(from + 1, to))
          .replace(/\s+/g, ' ')
          .trim();
  return text === '' ? null : text;
}

const metasMax = 200;

function metaContent({ html, lower }: Page, wanted: string): string | null {
  let at = 0;
  for (let n = 0; n < metasMax; n += 1) {
    at = lower.indexOf('<meta', at);
    if (at < 0) return null;
    const close = html.indexOf('>', at);
    const tag = html.slice(at, close < 0 ? at + 2000 : Math.min(close, at + 4000));
    at += 5;
    const name = /\s(?:name|property)\s*=\s*["']?([\w:.-]+)/i.exec(tag)?.[1]?.toLowerCase();
    if (name !== wanted) continue;
    const content = /\scontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag);
    const text = decode(content?.[1] ?? content?.[2] ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    if (text !== '') return text;
  }
  return null;
}

function decode(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name.toLowerCase()] ?? whole;
    const code = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
  });
}
