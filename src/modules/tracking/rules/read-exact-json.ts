/**
 * JSON whose numbers lose nothing: one that a float cannot hold as it is written (52.40 or 9007199254740993) comes as its text. Throws SyntaxError.
 */
export function readExactJson(text: string): unknown {
  return JSON.parse(text, function keep(_key: string, value: unknown, context?: { source?: string }) {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    return context?.source ?? value;
  } as (this: unknown, key: string, value: unknown) => unknown);
}
