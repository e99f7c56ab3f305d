import { createHash } from 'node:crypto';
import type { Reply } from './knock.ts';
import type { StoredApp } from './rules/link-rules.ts';

/** The pages a visitor meets when a link does not lead on. They count nothing and ask for nothing from elsewhere. */
const unknownPage = page(
  'This link leads nowhere',
  'It may have been mistyped. Check the letters after the slash, or ask whoever gave it to you.',
);
const pausedPage = page('This link is resting', 'It is switched off for the moment. Try again later.');
const endedPage = page('This link has ended', 'What it led to is over.');
const tooManyPage = page('Too many tries', 'Wait a minute, then load the page again.');
const hiddenPage = page('Where this link leads is not shown', 'It asks for a password, or is switched off.');
const tryAgainPage = page(
  'One moment, please',
  'This link cannot be opened right now. Load the page again in a few seconds.',
);

const pageHeaders = pageHeadersWith("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
const formHeaders = pageHeadersWith(
  "default-src 'none'; style-src 'unsafe-inline'; form-action *; frame-ancestors 'none'",
);

function lockedPage(fault: string): Buffer {
  const text = `Whoever gave you the link can tell you its password.</p><form method="post"><label>Password<input name="password" type="password" required maxlength="200" autocomplete="off" autofocus></label><button>Open</button></form><p role="alert">${fault}`;
  return page('This link asks for a password', text);
}

export function answerUnknown(reply: Reply): void {
  reply.page(404, unknownPage, pageHeaders);
}

export function answerGone(reply: Reply, why: 'paused' | 'ended'): void {
  if (why === 'paused') reply.page(404, pausedPage, pageHeaders);
  else reply.page(410, endedPage, pageHeaders);
}

/** The click could not be stored, so the visitor is not sent on: what is not counted is not promised. */
export function answerTryAgain(reply: Reply): void {
  reply.page(503, tryAgainPage, [...pageHeaders, 'Retry-After', '3']);
}

/** Asks for the link's password, says that it was wrong, or that it was tried too often. */
export function answerLocked(reply: Reply, why: 'ask' | 'wrong' | 'too_many'): void {
  if (why === 'too_many') reply.page(429, tooManyPage, [...pageHeaders, 'Retry-After', '60']);
  else reply.page(401, lockedPage(why === 'ask' ? '' : 'That is not the password. Try again.'), formHeaders);
}

/** Says where a link leads, without going there and without counting; null where that is not told. */
export function answerPreview(reply: Reply, target: string | null): void {
  reply.page(200, target === null ? hiddenPage : previewPage(target), pageHeaders);
}

function previewPage(target: string): Buffer {
  const url = new URL(target);
  const text = `It leads to <strong>${escaped(url.host)}</strong>:</p><p class="address">${escaped(target)}</p><p><a href="${escaped(target)}" rel="nofollow noreferrer">Go there</a> without being counted.`;
  return page('Where this link leads', text);
}

// Tries the app, and goes on to the web when no app takes over within a moment. The script is always the same, so its hash is its leave to run.
const appScript = `const way=document.getElementById('way').dataset;const timer=setTimeout(()=>{if(!document.hidden)location.replace(way.else)},1200);addEventListener('pagehide',()=>clearTimeout(timer));location.href=way.opens;`;
const appHeaders = pageHeadersWith(
  `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(appScript).digest('base64')}'; frame-ancestors 'none'`,
);

/** Opens the app that the link names, with the click's id; the store or the web page for those without it. */
export function answerApp(
  reply: Reply,
  way: { app: StoredApp; location: string; clickId: string; cookies: readonly string[] },
): void {
  const { app, location, clickId } = way;
  const opens = withClickId(app.opens, clickId);
  // A web address that the app has claimed opens it by itself.
  if (/^https?:/i.test(app.opens)) reply.redirect(opens, way.cookies);
  else {
    const other = app.store === null ? location : storeAddress(app.store, clickId);
    const headers = [...appHeaders, ...way.cookies.flatMap((cookie) => ['Set-Cookie', cookie])];
    reply.page(200, appPage(opens, other), headers);
  }
}

function appPage(opens: string, other: string): Buffer {
  const text = `<span id="way" data-opens="${escaped(opens)}" data-else="${escaped(other)}"></span><a href="${escaped(opens)}">Open the app</a> or <a href="${escaped(other)}">go on without it</a>.`;
  return page('Opening the app', text, `<script>${appScript}</script>`);
}

function withClickId(address: string, clickId: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}rapport_click=${clickId}`;
}

/** Google Play hands its parameter `referrer` to the app at its first start; other stores take none. */
function storeAddress(store: string, clickId: string): string {
  const url = new URL(store);
  if (url.hostname === 'play.google.com') url.searchParams.set('referrer', `rapport_click=${clickId}`);
  return url.href;
}

function pageHeadersWith(policy: string): string[] {
  return [
    'Content-Type',
    'text/html; charset=utf-8',
    'Cache-Control',
    'no-store',
    'X-Robots-Tag',
    'noindex',
    'X-Content-Type-Options',
    'nosniff',
    'Referrer-Policy',
    'no-referrer',
    'Content-Security-Policy',
    policy,
  ];
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function page(title: string, text: string, after = ''): Buffer {
  return Buffer.from(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f6f8f7, #131716); color: light-dark(#1a211f, #e8eceb); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; padding: 2rem; }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 .5rem; }
p { margin: 0 0 .75rem; color: light-dark(#55605d, #a3aeab); }
.address { overflow-wrap: anywhere; font-size: .875rem; }
a { color: light-dark(#0b6b62, #5cc8ba); }
input, button { font: inherit; padding: .5rem .75rem; border-radius: 8px; border: 1px solid light-dark(#8a9692, #64706c); background: light-dark(#fff, #1b2120); color: inherit; }
button { background: light-dark(#0b6b62, #5cc8ba); color: light-dark(#fff, #0c1413); border-color: transparent; cursor: pointer; }
form { display: flex; gap: .5rem; flex-wrap: wrap; align-items: end; }
label { display: grid; gap: .25rem; font-size: .875rem; }
</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p></main>${after}</body>
</html>
`);
}
