import { readFileSync } from 'node:fs';
import { type Intent, intents } from '../intents.ts';
import { type Target, targets } from '../target.ts';

export interface CommentCase {
  language: string;
  intents: ReadonlySet<Intent>;
  target: Target;
  text: string;
}

const letters: Record<string, Intent> = { q: 'question', p: 'purchaseIntent', c: 'complaint', r: 'praise' };
/** Under whose posts the invented comments stand. */
export const caseContext = { creatorHandle: '@lena', brandHandles: ['glow.lab'] };

/** The invented comments of a file of this folder: language | intents | target | text. */
export function readCases(name: string): CommentCase[] {
  const lines = readFileSync(new URL(name, import.meta.url), 'utf8').split('\n');
  return lines.flatMap((line) => {
    if (line === '' || line.startsWith('#')) return [];
    const [language = '', wanted = '', aim = '', ...rest] = line.split('|');
    const target = targets.find((one) => one === aim);
    if (target === undefined || rest.length === 0)
      throw new Error(`${name}: "${line}" is not language|intents|target|text.`);
    return [
      {
        language,
        intents: new Set([...wanted].flatMap((letter) => letters[letter] ?? [])),
        target,
        text: rest.join('|'),
      },
    ];
  });
}

export interface Tally {
  right: number;
  tooMany: number;
  missed: number;
}

/** How often each intent was found, found wrongly and missed. */
export function tallyIntents(
  cases: readonly CommentCase[],
  judge: (one: CommentCase) => Record<Intent, boolean>,
): Record<Intent, Tally> {
  const empty = (): Tally => ({ right: 0, tooMany: 0, missed: 0 });
  const tally = { question: empty(), purchaseIntent: empty(), complaint: empty(), praise: empty() };
  for (const one of cases) {
    const found = judge(one);
    for (const intent of intents) {
      const isWanted = one.intents.has(intent);
      if (found[intent] && isWanted) tally[intent].right += 1;
      else if (found[intent]) tally[intent].tooMany += 1;
      else if (isWanted) tally[intent].missed += 1;
    }
  }
  return tally;
}
