// Schemes by which a browser would run or read something itself instead of handing it to an app.
const closed = new Set([
  'javascript',
  'data',
  'vbscript',
  'file',
  'blob',
  'about',
  'view-source',
  'filesystem',
  'intent',
  'ftp',
  'ws',
  'wss',
  'chrome',
  'resource',
]);

export type AppVerdict = { ok: true; url: string } | { ok: false; message: string };

/** Judges the address that opens an app: a scheme of the app's own, or a web address over https that it has claimed. */
export function readAppAddress(text: string): AppVerdict {
  const trimmed = text.trim();
  if (/[\p{Cc}\p{Cf}\s"'<>]/u.test(trimmed))
    return { ok: false, message: 'The address of the app holds blanks, quotes or invisible characters. Type it anew.' };
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/./i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === undefined)
    return {
      ok: false,
      message: `"${trimmed.slice(0, 80)}" is no address of an app. Write it as shopapp://spring or https://shop.example/spring.`,
    };
  if (closed.has(scheme) || scheme === 'http')
    return { ok: false, message: `An app cannot be opened by "${scheme}:". Use the app's own scheme, or https.` };
  if (/[?&]rapport_/i.test(trimmed))
    return { ok: false, message: 'The address holds a parameter that Rapport sets itself. Leave it out.' };
  // Header and page take plain characters only.
  return { ok: true, url: trimmed.replace(/[^\x21-\x7e]/g, (char) => encodeURIComponent(char)) };
}
