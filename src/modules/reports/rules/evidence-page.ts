import { platformNames } from '#kernel/platform.ts';
import type { DisclosureEvidence, DisclosurePack } from '#modules/disclosure/api.ts';
import { sayPlural } from './say.ts';

export interface EvidencePicture {
  /** SHA-256 of the file as it was taken in. */
  hash: string;
  /** Its name among the pictures of the page; empty when it can not be drawn. */
  name: string;
}

export interface EvidencePageParts {
  workspace: string;
  /** What the archive is of, such as a creator's name. */
  about: string;
  sights: readonly DisclosureEvidence[];
  isComplete: boolean;
  pictures: ReadonlyMap<string, EvidencePicture>;
  campaignNames: ReadonlyMap<string, string>;
  personNames: ReadonlyMap<string, string>;
  packs: readonly DisclosurePack[];
  madeAt: string;
  madeBy: string;
}

const verdictWords = {
  pass: 'In order',
  warn: 'Look again',
  fail: 'Not in order',
  not_needed: 'No deal',
} as const satisfies Record<DisclosureEvidence['verdict'], string>;
const tones = { pass: 'good', warn: 'plain', fail: 'bad', not_needed: 'plain' } as const;
const severityWords = { fail: 'Breaks', warn: 'Warns', info: 'Notes' } as const;

/** "2026-05-04 08:00:12 UTC" */
export const sayInstant = (at: string) => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;

/** Sights as a regulator reads them: by post or draft, the first look and the later ones, each with the rules of its day. */
export function evidencePage(of: EvidencePageParts) {
  const inOrder = of.sights.toReversed().sort((one, other) => one.seenAt.localeCompare(other.seenAt));
  const groups = [...Map.groupBy(inOrder, (sight) => sight.subjectId ?? sight.url ?? sight.id).values()];
  const count = (verdict: DisclosureEvidence['verdict']) => inOrder.filter((one) => one.verdict === verdict).length;
  const counted = (['pass', 'warn', 'fail', 'not_needed'] as const)
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${count(verdict)} ${verdictWords[verdict].toLowerCase()}`);
  return {
    title: `Evidence of disclosure: ${of.about}`,
    workspace: of.workspace,
    about: of.about,
    summary:
      inOrder.length === 0
        ? 'Nothing was kept of it.'
        : `${sayPlural(inOrder.length, 'sight')} of ${sayPlural(groups.length, 'post or draft', 'posts and drafts')}: ${counted.join(', ')}.`,
    isCut: !of.isComplete,
    made: `Made ${sayInstant(of.madeAt)} by ${of.madeBy}`,
    groups: groups.map((looks) => groupOf(looks, of)),
    packs: of.packs.map(packOf),
  };
}

function groupOf(looks: readonly DisclosureEvidence[], of: EvidencePageParts) {
  const newest = looks.at(-1);
  const person = newest?.personId == null ? null : (of.personNames.get(newest.personId) ?? 'Erased creator');
  const campaign = newest?.campaignId == null ? null : (of.campaignNames.get(newest.campaignId) ?? null);
  return {
    title: [person, campaign, newest === undefined ? null : platformNames[newest.platform]]
      .filter((part) => part !== null)
      .join(' · '),
    subject: newest?.subjectId ?? '',
    looks: looks.map((sight, at) => sightOf(sight, { at, pictures: of.pictures })),
  };
}

function sightOf(sight: DisclosureEvidence, of: { at: number; pictures: ReadonlyMap<string, EvidencePicture> }) {
  const picture = sight.screenshotFileId === null ? null : of.pictures.get(sight.screenshotFileId);
  const { spokenText, onScreenText } = sight.media;
  return {
    heading: sight.url === null ? 'As it was handed in' : of.at === 0 ? 'Seen live' : 'Seen again',
    verdict: verdictWords[sight.verdict],
    tone: tones[sight.verdict],
    facts: [
      { term: 'Seen', said: sayInstant(sight.seenAt) },
      { term: 'Kept', said: `${sayInstant(sight.recordedAt)} by ${sight.recordedBy}` },
      { term: 'Address', said: sight.url ?? 'none, a draft' },
      { term: 'Rules', said: `${sight.pack}, country ${sight.country}` },
      { term: 'What binds them', said: sight.relation },
      { term: 'Published as', said: `${sight.media.kind} on ${platformNames[sight.platform]}` },
      {
        term: "Platform's label",
        said: sight.platformLabel === null ? 'not known' : sight.platformLabel ? 'on' : 'off',
      },
      { term: 'Said in it', said: sayMedia(spokenText) },
      { term: 'Written in it', said: sayMedia(onScreenText) },
      { term: 'Caption, SHA-256', said: sight.captionSha256 },
      ...(sight.screenshotFileId === null
        ? []
        : [{ term: 'Picture, SHA-256', said: picture?.hash ?? 'The picture is gone.' }]),
    ],
    parts: markedParts(sight.caption, sight.findings),
    findings: sight.findings.map((finding) => ({
      tone: finding.severity === 'fail' ? 'bad' : 'plain',
      rule: `${severityWords[finding.severity]} ${finding.rule} of ${finding.pack}: ${finding.title}`,
      message: finding.message,
      place:
        finding.span === null
          ? 'About something that is not there.'
          : `Characters ${finding.span.start + 1} to ${finding.span.end}: “${sight.caption.slice(finding.span.start, finding.span.end)}”`,
      source: finding.source,
    })),
    picture: picture == null || picture.name === '' ? '' : picture.name,
  };
}

const sayMedia = (text: string | null | undefined) => (text == null ? 'not known' : text === '' ? 'nothing' : text);

/** A text in pieces, those that a finding points at marked. Spans may overlap and are cut to the text. */
export function markedParts(
  text: string,
  findings: readonly { span: { start: number; end: number } | null }[],
): { text: string; isMarked: boolean }[] {
  const isMarked = new Array<boolean>(text.length).fill(false);
  for (const { span } of findings) if (span !== null) isMarked.fill(true, Math.max(0, span.start), span.end);
  const cuts = [0];
  for (let at = 1; at < text.length; at += 1) if (isMarked[at] !== isMarked[at - 1]) cuts.push(at);
  return cuts
    .map((from, index) => ({
      text: text.slice(from, cuts[index + 1] ?? text.length),
      isMarked: isMarked[from] ?? false,
    }))
    .filter((part) => part.text !== '');
}

const readWords = {
  text: 'the text itself was read',
  account: 'read as an account by others',
  knowledge: 'not looked up',
} as const;

function packOf(pack: DisclosurePack) {
  return {
    name: `${pack.name} (${pack.id}@${pack.version})`,
    about: `${pack.authority}. ${pack.coverage === 'full' ? 'In full.' : 'In part.'}`,
    leavesOut: pack.leavesOut.join(' '),
    sources: pack.sources.map((source) => ({
      title: `${source.title}, ${source.publisher}, ${source.dated}`,
      url: source.url,
      note: `${readWords[source.readAs]}, ${source.readOn}`,
    })),
  };
}
