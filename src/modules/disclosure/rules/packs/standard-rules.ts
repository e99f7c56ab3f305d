import type { MediaKind, Severity } from '../../api/verdict.ts';
import type { PackRule } from '../pack.ts';

/** What most packs share, with what each says of it: a source for every rule, and how grave it is there. */
export interface Standard {
  /** Prefix of the rules' ids, such as DE. */
  prefix: string;
  law: string;
  guidance: string;
  gifts: Severity;
  affiliates: Severity;
  /** Languages whose terms everybody there takes. */
  understood?: readonly string[];
  otherLanguage?: Severity;
  branded?: Severity;
  labelAlone?: Severity;
  video?: 'either' | 'both' | 'shown';
  /** In our words, where the pack says it otherwise than the others. */
  says?: Partial<Record<'terms' | 'place' | 'run' | 'media' | 'gifts', string>>;
}

const moving: readonly MediaKind[] = ['video', 'live'];

/** The rules on connection, position, clarity, language and media as checks; what a country adds stands in its own pack. */
export function standardRules(of: Standard): PackRule[] {
  const { prefix, law, guidance, says = {} } = of;
  return [
    {
      id: `${prefix}-1`,
      title: 'Advertising is recognisable',
      says: 'What is published for money or another return is recognisable as advertising at first sight.',
      source: law,
      severity: 'fail',
      check: { kind: 'disclosed', relations: ['paid', 'employed'] },
    },
    {
      id: `${prefix}-2`,
      title: 'Gifts count',
      says: says.gifts ?? 'A product, a trip or an invitation that was given is disclosed too.',
      source: guidance,
      severity: of.gifts,
      check: { kind: 'disclosed', relations: ['gifted'] },
    },
    {
      id: `${prefix}-3`,
      title: 'Links and codes that earn',
      says: 'A link or code that earns a commission is disclosed.',
      source: guidance,
      severity: of.affiliates,
      check: { kind: 'disclosed', relations: ['affiliate'] },
    },
    {
      id: `${prefix}-4`,
      title: 'Signs of a deal',
      says: 'A text that shows signs of a deal should say what it is.',
      source: law,
      severity: 'warn',
      check: { kind: 'signs' },
    },
    {
      id: `${prefix}-5`,
      title: 'Plain terms',
      says: says.terms ?? 'The term tells everybody that it is advertising; vague ones and abbreviations do not.',
      source: guidance,
      severity: 'fail',
      check: { kind: 'unambiguous', brandedSeverity: of.branded ?? 'warn' },
    },
    {
      id: `${prefix}-6`,
      title: 'At the beginning',
      says: says.place ?? 'The label is seen at once, before a reader must tap for more.',
      source: guidance,
      severity: 'fail',
      check: { kind: 'before-fold' },
    },
    {
      id: `${prefix}-7`,
      title: 'Not among hashtags',
      says: says.run ?? 'A label among many hashtags is not seen.',
      source: guidance,
      severity: 'fail',
      check: { kind: 'not-in-run', tags: 3 },
    },
    {
      id: `${prefix}-8`,
      title: 'In the language of the post',
      says: 'The label is in a language its readers understand.',
      source: guidance,
      severity: of.otherLanguage ?? 'warn',
      check: { kind: 'language', understood: of.understood ?? [] },
    },
    {
      id: `${prefix}-9`,
      title: 'In the video itself',
      says: says.media ?? 'A video says so itself, not only the text below it.',
      source: guidance,
      severity: 'fail',
      check: { kind: 'in-media', media: moving, needs: of.video ?? 'either' },
    },
    {
      id: `${prefix}-10`,
      title: 'On each story',
      says: 'Each story says so in the picture.',
      source: guidance,
      severity: 'fail',
      check: { kind: 'in-media', media: ['story'], needs: 'shown' },
    },
    {
      id: `${prefix}-11`,
      title: "The platform's label beside it",
      says: "The platform's own label is used beside one's own words, not instead of them.",
      source: guidance,
      severity: of.labelAlone ?? 'warn',
      check: { kind: 'label-alone' },
    },
    {
      id: `${prefix}-12`,
      title: 'Nothing to the contrary',
      says: 'Nothing denies the connection.',
      source: law,
      severity: 'fail',
      check: { kind: 'no-denial' },
    },
    {
      id: `${prefix}-13`,
      title: 'Easy to read',
      says: 'Letters that everybody and every machine can read.',
      source: guidance,
      severity: 'warn',
      check: { kind: 'plain-letters' },
    },
  ];
}
