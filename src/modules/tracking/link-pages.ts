import type { ServerResponse } from 'node:http';

/** The pages a visitor meets when a link does not lead on. They count nothing and ask for nothing from elsewhere. */
const unknownPage = page(
  'This link leads nowhere',
  'It may have been mistyped. Check the letters after the slash, or ask whoever gave it to you.',
);
const pausedPage = page('This link is resting', 'It is switched off for the moment. Try again later.');
const endedPage = page('This link has ended', 'What it led to is over.');
const tryAgainPage = page(
  'One moment, please',
  'This link cannot be opened right now. Load the page again in a few seconds.',
);

export function answerUnknown(response: ServerResponse): void {
  answer(response, 404, unknownPage);
}

export function answerGone(response: ServerResponse, why: 'paused' | 'ended'): void {
  if (why === 'paused') answer(response, 404, pausedPage);
  else answer(response, 410, endedPage);
}

/** The click could not be stored, so the visitor is not sent on: what is not counted is not promised. */
export function answerTryAgain(response: ServerResponse): void {
  answer(response, 503, tryAgainPage, ['Retry-After', '3']);
}

function answer(response: ServerResponse, status: number, body: Buffer, more: string[] = []): void {
  response.writeHead(status, [
    'Content-Type',
    'text/html; charset=utf-8',
    'Content-Length',
    `${body.length}`,
    'Cache-Control',
    'no-store',
    'X-Robots-Tag',
    'noindex',
    'X-Content-Type-Options',
    'nosniff',
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    ...more,
  ]);
  response.end(body);
}

function page(title: string, text: string): Buffer {
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
p { margin: 0; color: light-dark(#55605d, #a3aeab); }
</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`);
}
