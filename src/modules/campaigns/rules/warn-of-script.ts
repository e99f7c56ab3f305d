import type { Brief, ScriptWarning } from '../api.ts';
import { briefLabels, briefLines } from './compare-briefs.ts';

/** Limits of the rules; explained in docs/methods/brief-script.md. */
export const scriptLimits = {
  quotedWordsMax: 7,
  keyMessagesMax: 5,
  instructionsMax: 14,
  bindingShareMax: 0.5,
  bindingLinesMin: 4,
  bindingLinesMax: 5,
  wordsMax: 700,
};

type Evidence = ScriptWarning['evidence'][number];

// Orders in English, German, French, Spanish, Italian, Dutch and Portuguese. "where you always drink it" tells of a habit, so always and never count
// only where a line begins with them or a demand stands before.
const binding = new RegExp(
  [
    String.raw`\b(must|exactly|word[- ]for[- ]word|verbatim|only say|have to|required to|no exceptions?|mandatory)\b`,
    String.raw`(^|[.;,:!]\s*|\bshould\s+|\bplease\s+)(always|never)\b`,
    String.raw`\b(du musst|ihr müsst|sie müssen|muss|auf keinen fall|unbedingt|zwingend|wortwörtlich)(?!\p{L})|^(immer|niemals|nie)\b`,
    String.raw`\b(tu dois|vous devez|doit|il faut|obligatoire|impérativement|mot pour mot)(?!\p{L})|^(toujours|jamais)\b`,
    String.raw`\b(debes|deben|debe|tienes que|es obligatorio|palabra por palabra)(?!\p{L})|^(siempre|nunca)\b`,
    String.raw`\b(devi|dovete|deve|obbligatorio|parola per parola)(?!\p{L})|^(sempre|mai)\b`,
    String.raw`\b(je moet|jullie moeten|moet|verplicht|letterlijk)(?!\p{L})|^(altijd|nooit)\b`,
    String.raw`\b(tens de|você deve|é obrigatório|palavra por palavra)(?!\p{L})`,
  ].join('|'),
  'iu',
);
const dictated = new RegExp(
  [
    String.raw`\b(say|write|read( out)?|repeat|use|post) (exactly|this|the following|these words|the text below)\b`,
    String.raw`\bcopy (and|&) paste\b`,
    String.raw`\bcaption (must|has to|should) (be|read|say)\b`,
    String.raw`\b(seconds?|secs?|s)\s*\d+\s*(-|to|–)\s*\d+\b`,
    // Clock times of a day have hours of two digits or words around them; 0:03-0:08 is a cut list.
    String.raw`\b0?\d:[0-5]\d\s*(-|to|–)\s*0?\d:[0-5]\d\b`,
    String.raw`\b(in|within|for|after) the first \d+ (seconds?|secs?)\b|^after \d+ (seconds?|secs?)\b`,
    String.raw`\b(sag|schreib|lies|wiederhole) (genau|diesen|wörtlich|folgenden)`,
    String.raw`\b(dis|dites|écris|écrivez|répète) exactement|\bcopier[- ]coller`,
    String.raw`\b(di|escribe|repite) exactamente|\bcopia y pega`,
  ].join('|'),
  'iu',
);
const quoted = /["“„«]([^"”“«»]{2,400})["”“»]/g;
const spoken = ['background', 'keyMessages', 'talkingPoints', 'dos', 'donts', 'captionGuidelines', 'freedom'] as const;

/**
 * Signs that a brief turns into a script: sentences put into the creator's mouth, timing by the second, more messages than one
 * piece can carry, mostly or too many orders, nothing left free, too long to be read. Each with the lines that caused it. Disclosure wording,
 * hashtags and links are meant to be exact and are not looked at.
 */
export function warnOfScript(brief: Brief): ScriptWarning[] {
  const all: Evidence[] = spoken.flatMap((field) =>
    briefLines(brief, field).map((text) => ({ field: briefLabels[field], text })),
  );
  const orders = all.filter((line) => line.field !== briefLabels.background && line.field !== briefLabels.freedom);
  return [
    wordForWord(all),
    dictation(all),
    tooManyMessages(brief),
    mostlyOrders(orders) ?? tooManyOrders(orders),
    tooManyRules(brief),
    noFreedom(brief),
    tooLong(all),
  ].filter((warning) => warning !== null);
}

const words = (text: string) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

function wordForWord(lines: Evidence[]): ScriptWarning | null {
  const evidence = lines.flatMap(({ field, text }) =>
    [...text.matchAll(quoted)]
      .map((match) => match[1] ?? '')
      .filter((quote) => words(quote) > scriptLimits.quotedWordsMax)
      .map((quote) => ({ field, text: quote })),
  );
  if (evidence.length === 0) return null;
  return {
    rule: 'word-for-word',
    message: `${evidence.length === 1 ? 'A sentence is' : `${evidence.length} sentences are`} quoted to be said word for word (more than ${scriptLimits.quotedWordsMax} words). Say what should come across and let the creator find the words.`,
    evidence,
  };
}

function dictation(lines: Evidence[]): ScriptWarning | null {
  const evidence = lines.filter((line) => dictated.test(line.text));
  if (evidence.length === 0) return null;
  return {
    rule: 'dictated',
    message: 'Wording or timing is dictated. Keep what the law or the product needs, leave the telling to the creator.',
    evidence,
  };
}

function tooManyMessages(brief: Brief): ScriptWarning | null {
  if (brief.keyMessages.length <= scriptLimits.keyMessagesMax) return null;
  return {
    rule: 'too-many-messages',
    message: `${brief.keyMessages.length} key messages; one piece of content carries at most ${scriptLimits.keyMessagesMax}. Choose the ones that matter most.`,
    evidence: brief.keyMessages
      .slice(scriptLimits.keyMessagesMax)
      .map((text) => ({ field: briefLabels.keyMessages, text })),
  };
}

function mostlyOrders(lines: Evidence[]): ScriptWarning | null {
  const evidence = lines.filter((line) => binding.test(line.text));
  if (lines.length < scriptLimits.bindingLinesMin || evidence.length / lines.length <= scriptLimits.bindingShareMax)
    return null;
  return {
    rule: 'mostly-orders',
    message: `${evidence.length} of ${lines.length} lines are orders (must, always, exactly). Keep the few that are needed and turn the others into wishes.`,
    evidence,
  };
}

function tooManyOrders(lines: Evidence[]): ScriptWarning | null {
  const evidence = lines.filter((line) => binding.test(line.text));
  if (evidence.length <= scriptLimits.bindingLinesMax) return null;
  return {
    rule: 'too-many-musts',
    message: `${evidence.length} lines are orders (must, always, exactly); more than ${scriptLimits.bindingLinesMax} feel like a script. Keep what the law or the product needs and turn the others into wishes.`,
    evidence,
  };
}

function tooManyRules(brief: Brief): ScriptWarning | null {
  const count = brief.dos.length + brief.donts.length;
  if (count <= scriptLimits.instructionsMax) return null;
  return {
    rule: 'too-many-rules',
    message: `${count} dos and don'ts; more than ${scriptLimits.instructionsMax} are not kept in mind while filming.`,
    evidence: [],
  };
}

function noFreedom(brief: Brief): ScriptWarning | null {
  const isAsking = brief.keyMessages.length + brief.dos.length + brief.donts.length >= 4;
  if (!isAsking || brief.freedom.trim() !== '') return null;
  return {
    rule: 'nothing-left-free',
    message:
      'The brief asks for much and says nothing about what is left to the creator. Name what they decide: story, place, tone, cut.',
    evidence: [],
  };
}

function tooLong(lines: Evidence[]): ScriptWarning | null {
  const count = lines.reduce((sum, line) => sum + words(line.text), 0);
  if (count <= scriptLimits.wordsMax) return null;
  return {
    rule: 'too-long',
    message: `${count} words; above ${scriptLimits.wordsMax} a brief is skimmed. Move what is not needed for making the content to a link.`,
    evidence: [],
  };
}
