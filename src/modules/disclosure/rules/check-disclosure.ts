import type { DisclosureFinding, DisclosureInput, DisclosureVerdict, Span } from '../api/verdict.ts';
import { findTerms } from './find-terms.ts';
import type { Pack, PackCheck, PackRule } from './pack.ts';
import { packOf } from './packs/packs.ts';
import { platformPack, platformRule, platformSources } from './packs/platforms.ts';
import { readCaption } from './read-caption.ts';
import { type KnownReading, type Label, type Reading, readDisclosure } from './reading.ts';
import { repairCaption } from './repair-caption.ts';
import { findThanks, findThanksForGift } from './signs-of-deal.ts';

/**
 * Does a caption, with what else is published, tell readers of the deal as the country's pack asks? Deterministic and without the world,
 * so that it runs while somebody types. Spans count UTF-16 code units of the caption as given.
 */
export function checkDisclosure(input: DisclosureInput): DisclosureVerdict {
  const pack = packOf(input.country);
  const reading = readDisclosure(input, pack);
  const { verdict, findings, label } = judge(input, pack, reading);
  const isDue = findings.some((finding) => finding.severity !== 'info' && isOfCaption(finding, pack));
  return {
    verdict,
    findings,
    repaired: isDue
      ? repairCaption(input, { pack, reading, passes: (caption, known) => passes({ ...input, caption }, pack, known) })
      : null,
    disclosedBy:
      label === null ? null : { start: label.start, end: label.end, text: input.caption.slice(label.start, label.end) },
    pack: nameOf(pack),
    language: reading.languages[0] ?? null,
    foldAt: reading.foldAt,
    standing: reading.standing,
  };
}

export const nameOf = (pack: { id: string; version: string }) => `${pack.id}@${pack.version}`;

const ofMedia: ReadonlySet<PackCheck['kind']> = new Set(['in-media', 'label-on']);

/** Can another caption mend it? */
function isOfCaption(finding: DisclosureFinding, pack: Pack): boolean {
  const rule = pack.rules.find((one) => one.id === finding.rule);
  return rule !== undefined && !ofMedia.has(rule.check.kind);
}

/** Nothing that another caption could mend is left. */
function passes(input: DisclosureInput, pack: Pack, known: KnownReading): boolean {
  const { findings } = judge(input, pack, readDisclosure(input, pack, known));
  return findings.every((finding) => finding.severity === 'info' || !isOfCaption(finding, pack));
}

interface Judged {
  verdict: DisclosureVerdict['verdict'];
  findings: DisclosureFinding[];
  /** The label that counts. */
  label: Label | null;
}

interface Case {
  input: DisclosureInput;
  pack: Pack;
  reading: Reading;
  /** Is a deal known, from the caller or by the platform's own label? */
  isKnown: boolean;
  label: Label | null;
  findings: DisclosureFinding[];
}

function judge(input: DisclosureInput, pack: Pack, reading: Reading): Judged {
  const { relation, platformLabel } = input;
  const isKnown = relation === 'unknown' ? platformLabel === true : relation !== 'none';
  const label = bestLabel(reading.labels);
  if (relation === 'none' || (!isKnown && reading.standing === 'none'))
    return { verdict: 'not_needed', findings: [], label };
  const one: Case = { input, pack, reading, isKnown, label, findings: [] };
  for (const rule of pack.rules) checks[rule.check.kind]?.(one, rule);
  if (input.platformLabel === false && input.relation === 'paid') tellPlatform(one);
  const findings = input.strictness === 'strict' ? one.findings.map(strictly) : one.findings;
  const has = (severity: string) => findings.some((finding) => finding.severity === severity);
  return { verdict: has('fail') ? 'fail' : has('warn') ? 'warn' : 'pass', findings, label };
}

const strictly = (finding: DisclosureFinding): DisclosureFinding =>
  finding.severity === 'warn' ? { ...finding, severity: 'fail' } : finding;

const isClear = (label: Label) => label.class === 'clear';
const isPlaced = (label: Label) => !label.isAfterFold && !label.isInRun;

/** The first clear label in its place and language; else the first clear one. */
function bestLabel(labels: readonly Label[]): Label | null {
  const clear = labels.filter(isClear);
  return (
    clear.find((label) => isPlaced(label) && !label.isOtherLanguage) ??
    clear.find((label) => !label.isOtherLanguage) ??
    clear[0] ??
    null
  );
}

const shown = 3;
type Check = (one: Case, rule: PackRule) => void;

const checks: Partial<Record<PackCheck['kind'], Check>> = {
  disclosed: (one, rule) => {
    const { input, reading, isKnown, label } = one;
    const relation = input.relation === 'unknown' ? 'paid' : input.relation;
    const isAsked = rule.check.kind === 'disclosed' && rule.check.relations.includes(relation);
    if (!isKnown || !isAsked || label !== null || input.platformLabel === true) return;
    if (reading.labels.some((other) => other.class === 'ambiguous')) return;
    tell(one, rule, null, `Nothing in the caption says ${relationWords[relation]}.`);
  },
  signs: (one, rule) => {
    if (one.isKnown || one.reading.standing !== 'signs') return;
    const places = [...one.reading.signs, ...one.reading.labels].slice(0, shown);
    for (const place of places)
      tell(one, rule, place, `${quote(one, place)} speaks for a deal that the caption does not name.`);
  },
  unambiguous: (one, rule) => {
    if (rule.check.kind !== 'unambiguous' || (one.label !== null && isPlaced(one.label))) return;
    const { reading, isKnown } = one;
    const vague = reading.labels.filter((label) => label.class === 'ambiguous' || (isKnown && !isClear(label)));
    for (const label of vague.slice(0, shown)) {
      const severity = label.isBranded || one.label !== null ? rule.check.brandedSeverity : rule.severity;
      const hint =
        label.class === 'gift'
          ? 'says that something was given, not that this is advertising'
          : 'does not tell readers that this is advertising';
      tell(one, { ...rule, severity }, label, `${quote(one, label)} ${hint}.`);
    }
    if (isKnown && reading.labels.length === 0) tellThanks(one, rule);
  },
  'before-fold': (one, rule) => {
    const { label, reading } = one;
    if (label === null || isPlaced(label) || reading.foldAt === null) return;
    for (const late of reading.labels.filter((other) => isClear(other) && other.isAfterFold).slice(0, shown))
      tell(
        one,
        rule,
        late,
        `${quote(one, late)} stands at character ${late.start + 1}; readers see ${reading.foldAt} before they must tap for more.`,
      );
  },
  'first-lines': (one, rule) => {
    const { label, reading } = one;
    if (rule.check.kind !== 'first-lines' || label === null || !isPlaced(label) || one.input.media.kind === 'story')
      return;
    const line = reading.caption.slice(0, label.start).split('\n').length;
    if (line > rule.check.lines)
      tell(
        one,
        rule,
        label,
        `${quote(one, label)} stands in line ${line}; phones show about the first ${rule.check.lines - 1}.`,
      );
  },
  'not-in-run': (one, rule) => {
    const { label, reading } = one;
    if (label === null || isPlaced(label)) return;
    for (const hidden of reading.labels.filter((other) => isClear(other) && other.isInRun).slice(0, shown))
      tell(one, rule, hidden, `${quote(one, hidden)} stands in a row of hashtags, where readers skip it.`);
  },
  language: (one, rule) => {
    if (one.label?.isOtherLanguage !== true) return;
    const { label, reading } = one;
    tell(
      one,
      rule,
      label,
      `${quote(one, label)} is ${nameLanguage(label.language)}, the caption is ${nameLanguage(reading.languages[0] ?? '')}.`,
    );
  },
  'in-media': checkMedia,
  'label-alone': (one, rule) => {
    if (one.input.platformLabel !== true || one.label !== null) return;
    tell(one, rule, null, "Only the platform's own label says that this is paid for.");
  },
  'no-denial': (one, rule) => {
    if (!one.isKnown) return;
    for (const denial of one.reading.denials.slice(0, shown))
      tell(one, rule, denial, `${quote(one, denial)} says the contrary of what was agreed.`);
  },
  'plain-letters': (one, rule) => {
    if (one.label?.isMasked !== true) return;
    tell(
      one,
      rule,
      one.label,
      `${quote(one, one.label)} is written with look-alike or hidden characters; search and readers of screens miss it.`,
    );
  },
};

const relationWords = {
  paid: 'that this is paid for',
  gifted: 'that the product was a gift',
  affiliate: 'that a sale earns a commission',
  employed: 'that the creator works for the brand',
  none: 'that there is a deal',
} as const;

function tellThanks(one: Case, rule: PackRule): void {
  const thanks = findThanks(one.reading.caption, one.reading.tokens);
  if (thanks !== null) tell(one, rule, thanks, `${quote(one, thanks)} thanks somebody; it does not say for what.`);
}

function checkMedia(one: Case, rule: PackRule): void {
  const { media } = one.input;
  if (rule.check.kind !== 'in-media' || !rule.check.media.includes(media.kind)) return;
  const { needs } = rule.check;
  const said = needs === 'shown' ? 'not asked' : saysSo(media.spokenText);
  const shownAs = media.kind === 'audio' ? 'not asked' : saysSo(media.onScreenText);
  const asked = [said, shownAs].filter((state) => state !== 'not asked');
  const isDone = needs === 'both' ? asked.every((state) => state === 'yes') : asked.includes('yes');
  if (isDone) return;
  const what = media.kind === 'story' ? 'picture' : media.kind === 'audio' ? 'recording' : 'video';
  if (asked.includes('unknown'))
    tell(
      one,
      { ...rule, severity: 'warn' },
      null,
      `Whether the ${what} itself says so is not known. Add what is said and shown, or look.`,
    );
  else tell(one, rule, null, `The ${what} itself does not say that it is advertising.`);
}

function saysSo(text: string | null | undefined): 'yes' | 'no' | 'unknown' {
  if (text === null || text === undefined) return 'unknown';
  const tokens = readCaption(text);
  const isSaid = findTerms(text, tokens).some(
    (hit) => hit.state === 'used' && hit.terms.some((term) => term.class === 'clear'),
  );
  return isSaid || findThanksForGift(text, tokens) !== null ? 'yes' : 'no';
}

function tell(one: Case, rule: PackRule, span: Span | null, message: string): void {
  const source = one.pack.sources.find((other) => other.id === rule.source);
  one.findings.push({
    rule: rule.id,
    pack: nameOf(one.pack),
    severity: rule.severity,
    title: rule.title,
    message,
    span: span === null ? null : { start: span.start, end: span.end },
    source: source === undefined ? rule.source : `${source.publisher}: ${source.title}, ${source.url}`,
  });
}

function tellPlatform(one: Case): void {
  const source = platformSources[one.input.platform];
  if (source === undefined) return;
  one.findings.push({
    rule: platformRule.id,
    pack: nameOf(platformPack),
    severity: platformRule.severity,
    title: platformRule.title,
    message: `${source.publisher} asks for its own label on paid posts, and it is off.`,
    span: null,
    source: `${source.publisher}: ${source.title}, ${source.url}`,
  });
}

const quoteMax = 60;
function quote(one: Case, span: Span): string {
  const text = one.reading.caption.slice(span.start, span.end).replace(/\s+/gu, ' ');
  return `“${text.length > quoteMax ? `${text.slice(0, quoteMax - 1)}…` : text}”`;
}

const languageNames: Readonly<Record<string, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  it: 'Italian',
  es: 'Spanish',
  pt: 'Portuguese',
  nl: 'Dutch',
  sv: 'Swedish',
  da: 'Danish',
  no: 'Norwegian',
  fi: 'Finnish',
  pl: 'Polish',
  id: 'Indonesian',
  tr: 'Turkish',
  ru: 'Russian',
  ar: 'Arabic',
  hi: 'Hindi',
  ja: 'Japanese',
  ko: 'Korean',
  zh: 'Chinese',
  th: 'Thai',
  ro: 'Romanian',
  cs: 'Czech',
  el: 'Greek',
  he: 'Hebrew',
};
const nameLanguage = (code: string) => languageNames[code] ?? code;
