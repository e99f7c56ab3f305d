import type { LanguageOf } from '../rules/safety-matcher.ts';
import { detectLanguage } from '../text/language.ts';

/** Below it a text may be in another language just as well. */
const sureFrom = 0.6;

/** The language of a text, null where it is not sure. */
export const languageOf: LanguageOf = (text) => {
  const { code, confidence } = detectLanguage(text);
  return code === 'und' || confidence < sureFrom ? null : code;
};
