import type { DisclosureInput, Span } from '../api/verdict.ts';
import { commonWording, type Pack } from './pack.ts';
import { languagesOf, type Reading } from './reading.ts';

/**
 * The caption with the least change that its pack takes: the pack's label (or the workspace's own) first, in the caption's language; misplaced labels and
 * vague hashtags go, and so does what denies the deal.
 */
export function repairCaption(input: DisclosureInput, pack: Pack, reading: Reading): string {
  const { caption, tokens } = reading;
  const languages = reading.languages.length > 0 ? reading.languages : languagesOf(caption, tokens, []);
  const label = wordingOf(input, pack, languages);
  const cut = [
    ...reading.denials,
    ...reading.labels.filter((one) => one.isTag && !one.isBranded && one.class !== 'gift' && one.class !== 'affiliate'),
  ];
  const rest = without(caption, cut).trim();
  return rest === '' ? label : `${label} · ${rest}`;
}

function wordingOf({ wording = {} }: DisclosureInput, pack: Pack, languages: readonly string[]): string {
  const [main = 'en'] = pack.languages;
  for (const language of [...languages, main]) {
    const own = wording[language]?.trim();
    const text = own !== undefined && own !== '' ? own : (pack.wording[language] ?? commonWording[language]);
    if (text !== undefined) return text;
  }
  return commonWording.en ?? 'Ad';
}

/** Cuts spans out, each with one blank beside it. */
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
