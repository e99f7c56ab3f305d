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
      const today = codeToday(type, code);
      codes.set(name.toLowerCase(), today);
      codes.set(code.toLowerCase(), today);
    }
  }
  return codes;
}

/** Withdrawn codes have the name of what came after: UK is GB, SU is RU. */
function codeToday(type: 'region' | 'language', code: string): string {
  const locale = new Intl.Locale(type === 'region' ? `und-${code}` : code);
  return (type === 'region' ? locale.region : locale.language) ?? code;
}
