import type { DisclosureInput, Span } from '../api/verdict.ts';
import { tokensRead } from './caption-language.ts';
import { findTerms } from './find-terms.ts';
import { commonWording, type Pack } from './pack.ts';
import { readCaption } from './read-caption.ts';
import { type KnownReading, languagesOf, type Reading, readDisclosure } from './reading.ts';

interface Of {
  pack: Pack;
  reading: Reading;
  /** Does the pack take this caption? `known`: what is known of it already. */
  passes(caption: string, known: KnownReading): boolean;
}

const roundsMax = 4;
const between = ' · ';

/**
 * The caption with the least change that its pack takes: the pack's label (or the workspace's own) first, in the caption's language; misplaced labels and
 * vague hashtags go, and so does what denies the deal. Null when none of a few tries passes, as with a wording of one's own that is none.
 */
export function repairCaption(input: DisclosureInput, { pack, reading, passes }: Of): string | null {
  let from = reading;
  for (let round = 0; round < roundsMax; round += 1) {
    const cut = cutsOf(from);
    const rest = without(from.caption, cut).trim();
    const read = cut.length === 0 ? from : readLanguages(rest);
    const label = labelFor(input, pack, read);
    const candidate = rest === '' ? label : `${label}${between}${rest}`;
    // A label that ships, before a caption nothing was cut from, always passes: the tests hold that for every pack and language.
    if ((cut.length === 0 && input.wording === undefined) || passes(candidate, knownOf(input, label, read)))
      return candidate;
    // What was cut may have joined words into a new term.
    if (cut.length === 0) break;
    from = readDisclosure({ ...input, caption: rest }, pack);
  }
  return null;
}

function cutsOf({ denials, labels }: Reading): Span[] {
  const vague = labels.filter(
    (one) => one.isTag && !one.isBranded && (one.class === 'clear' || one.class === 'ambiguous'),
  );
  return [...denials, ...vague];
}

/** What is needed of a caption to choose a label's language. */
function readLanguages(caption: string): Pick<Reading, 'caption' | 'tokens' | 'languages'> {
  const tokens = readCaption(caption);
  return { caption, tokens, languages: languagesOf(caption, tokens, findTerms(caption, tokens)) };
}

/**
 * What is known of a label before a caption that was read: the words of both, since the sign between them parts them; and the caption's languages,
 * since a label that ships is a term, and terms count for none.
 */
function knownOf(
  { wording }: DisclosureInput,
  label: string,
  { caption, tokens, languages }: Pick<Reading, 'caption' | 'tokens' | 'languages'>,
): KnownReading {
  if (caption === '') return {};
  const by = label.length + between.length;
  const all = readCaption(label);
  for (const token of tokens) all.push({ ...token, start: token.start + by, end: token.end + by });
  return { tokens: all, ...(wording === undefined && all.length <= tokensRead ? { languages } : {}) };
}

function labelFor(
  { wording = {}, languages }: DisclosureInput,
  pack: Pack,
  reading: Pick<Reading, 'caption' | 'tokens' | 'languages'>,
): string {
  const { caption, tokens } = reading;
  const found = languages ?? (reading.languages.length > 0 ? reading.languages : languagesOf(caption, tokens, []));
  const [main = 'en'] = pack.languages;
  for (const language of [...found, main]) {
    const own = wording[language]?.trim();
    const text = own !== undefined && own !== '' ? own : (pack.wording[language] ?? commonWording[language]);
    if (text !== undefined) return text;
  }
  return commonWording.en ?? 'Ad';
}

/** Cuts spans out, each with the blanks behind it where one stands before it. */
function without(caption: string, spans: readonly Span[]): string {
  let text = '';
  let from = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start < from) continue;
    text += caption.slice(from, span.start);
    from = span.end;
    if (/(?:^|\s)$/u.test(text)) while (caption[from] === ' ') from += 1;
  }
  return text + caption.slice(from);
}
