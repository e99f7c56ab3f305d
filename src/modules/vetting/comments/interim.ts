export function detectLanguage(text: string): { code: string; confidence: number } {
  return { code: /[a-z]{3}/i.test(text) ? 'en' : 'und', confidence: 0.5 };
}
