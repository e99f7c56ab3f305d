import { type Flag, type SafetySection, type Signal, safetyCategories, safetyCategorySchema } from '../api.ts';
import { postEvidence } from './engagement-signals.ts';
import { known, type SignalSpec, unknown } from './signal.ts';
import { ramp } from './statistics.ts';
import type { SafetyFinding, VettedPost, VettingSubject } from './subject.ts';
import { joinWords, plural, share } from './words.ts';

const spec: SignalSpec = {
  name: 'brand_safety',
  point: 'brand_alignment',
  title: 'Nothing unsafe in the texts',
  formula: 'captions and bios with an open brand-safety flag / texts searched',
};

const wordsShown = 5;

export interface Safety {
  signals: Signal[];
  flags: Flag[];
  section: SafetySection | null;
}

/** Open brand-safety flags as one signal and one flag a category. Without a text the answer is unknown, never clean. */
export function judgeSafety(subject: VettingSubject, posts: readonly VettedPost[]): Safety {
  const finding = subject.safety ?? null;
  if (finding === null || finding.texts === 0) {
    const section = finding === null ? null : sectionOf(finding);
    return { signals: [unknown(spec, 'No caption or bio to search.', 'captions or a bio')], flags: [], section };
  }
  const open = finding.found.filter((one) => one.open > 0);
  const places = new Set(open.flatMap((one) => one.placeIds));
  const value = places.size / Math.max(finding.texts, places.size);
  const wordsAt = new Map<string, string[]>();
  for (const { placeIds, words } of open)
    for (const id of placeIds) wordsAt.set(id, [...(wordsAt.get(id) ?? []), ...words]);
  const signal = known(spec, {
    text:
      open.length === 0
        ? `None of the words of the lists in ${plural(finding.texts, 'text')}.`
        : `${plural(places.size, 'text')} with words of ${joinWords(open.map((one) => titleOf(one.category).toLowerCase()))}.`,
    value,
    display: open.length === 0 ? 'none' : `${plural(places.size, 'text')}, ${share(value)}`,
    contribution:
      places.size === 0
        ? 0
        : ramp(value, [
            [0, -1],
            [0.05, -2],
            [0.25, -4],
          ]),
    source: `word lists ${finding.listsVersion}`,
    n: finding.texts,
    sample: plural(finding.texts, 'text'),
    asOf: finding.scannedAt,
    threshold: 'none',
    evidence: posts.flatMap((post) => {
      const words = wordsAt.get(post.id);
      return words === undefined ? [] : [postEvidence(post, [...new Set(words)].slice(0, wordsShown).join(', '))];
    }),
  });
  return { signals: [signal], flags: open.map(toFlag), section: sectionOf(finding) };
}

const titleOf = (category: string) => safetyCategories[safetyCategorySchema.parse(category)];

function toFlag({ category, open, words }: SafetyFinding['found'][number]): Flag {
  const title = titleOf(category);
  return {
    name: `safety_${category}`,
    severity: 'amber',
    title: `Brand safety: ${title.toLowerCase()}`,
    reason: `${plural(open, 'open flag')}: ${joinWords(words.slice(0, wordsShown).map((word) => `"${word}"`))}. A person can dismiss what is harmless.`,
    signal: spec.name,
  };
}

function sectionOf(finding: SafetyFinding): SafetySection {
  const categories = finding.found.map(({ category, open, dismissed, words }) => ({
    category: safetyCategorySchema.parse(category),
    title: titleOf(category),
    open,
    dismissed,
    words: words.slice(0, wordsShown),
  }));
  return {
    scannedAt: finding.scannedAt,
    texts: finding.texts,
    listsVersion: finding.listsVersion,
    open: categories.reduce((sum, one) => sum + one.open, 0),
    dismissed: categories.reduce((sum, one) => sum + one.dismissed, 0),
    categories: categories.sort((a, b) => b.open - a.open || (a.category < b.category ? -1 : 1)),
  };
}
