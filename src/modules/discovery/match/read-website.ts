import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { readWebsite as readEndpoint, WebsiteText } from '../api.ts';
import { discoveryError } from '../errors.ts';
import { textOfPage } from './rules/text-of-page.ts';

const pageBytesMax = 3 * 1024 * 1024;
const timeoutMs = 10_000;
const wordsMin = 12;

/**
 * Fetches one page that a person named and gives its text; nothing is kept. Errors: fetch.* for addresses that may not or cannot be reached,
 * discovery.website for an answer that is no page of text.
 */
export async function readWebsite(infra: Infra, call: Call<typeof readEndpoint>): Promise<WebsiteText> {
  const { url, charsMax } = call.input;
  const answer = await infra.fetch(url, {
    bytesMax: pageBytesMax,
    timeoutMs,
    headers: { accept: 'text/html, application/xhtml+xml, text/plain;q=0.9', 'accept-language': 'en, *;q=0.5' },
  });
  const host = URL.parse(answer.url)?.host ?? 'The address';
  if (answer.status !== 200)
    throw fault(`${host} answers with status ${answer.status}. Open the page in a browser and paste its text instead.`);
  const type = (answer.headers['content-type'] ?? 'text/html').toLowerCase();
  if (!/^(text\/(html|plain)|application\/xhtml\+xml)/.test(type.trim()))
    throw fault(`${host} sends ${type.split(';')[0]}, which is no page of text. Paste the text instead.`);
  const html = decodeBody(answer.body, type);
  const page = type.startsWith('text/plain') ? { title: null, text: html.trim() } : textOfPage(html);
  const words = page.text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
  if (words < wordsMin)
    throw fault(
      `${host} has ${words} words of text; it may be drawn by scripts. Open it in a browser and paste its text instead.`,
    );
  const chars = [...page.text];
  const isCut = chars.length > charsMax;
  return {
    url: answer.url,
    title: page.title,
    text: isCut ? chars.slice(0, charsMax).join('') : page.text,
    words,
    isCut,
  };
}

/** By the charset that the header or the page names; UTF-8 when it names none that is known. */
function decodeBody(body: Buffer, type: string): string {
  const start = body.subarray(0, 2048).toString('latin1');
  const label = /charset\s*=\s*["']?([\w-]+)/i.exec(type)?.[1] ?? /charset\s*=\s*["']?([\w-]+)/i.exec(start)?.[1];
  try {
    return new TextDecoder(label ?? 'utf-8').decode(body);
  } catch {
    return new TextDecoder('utf-8').decode(body);
  }
}

function fault(message: string): Error {
  return discoveryError('website', message, [{ field: 'url', message }]);
}
