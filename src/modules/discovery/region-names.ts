const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** Every two-letter code that has an English name, by itself and by that name in lower case. Countries in capitals, languages small. */
export function codesByName(type: 'region' | 'language'): Map<string, string> {
  const names = new Intl.DisplayNames('en', { type, fallback: 'none' });
  const codes = new Map<string, string>();
  for (const first of letters) {
    for (const second of letters) {
      const code = type === 'region' ? `${first}${second}`.toUpperCase() : `${first}${second}`;
      const name = names.of(code);
      if (name === undefined) continue;
      codes.set(name.toLowerCase(), code);
      codes.set(code.toLowerCase(), code);
    }
  }
  return codes;
}
