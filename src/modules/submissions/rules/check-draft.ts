import type { CaptionVerdict, CheckPoint, Guideline, PostExpectation } from '../api.ts';
import { findListed } from './find-in-caption.ts';

export interface DraftToCheck {
  caption: string;
  format: string;
  files: readonly { kind: 'image' | 'video' }[];
  videoUrl: string | null;
  spokenText: string | null;
  onScreenText: string | null;
  ticks: readonly string[];
  disclosure: CaptionVerdict | null;
  dueOn: string | null;
  /** Day it was handed in, in the workspace's time zone; null while it was not. */
  submittedOn: string | null;
}

const videoFormats = /reel|video|short|story|stories|clip|live/i;
const labelWords: Record<CaptionVerdict['verdict'], string> = {
  pass: 'clear and before the fold',
  warn: 'there, but not as it should be',
  fail: 'missing, or not where readers see it',
  not_needed: 'none is needed for what is known of the deal',
};

/** The draft against the brief, point by point. What the creator only says is told as said; what cannot be known from here is unknown. */
export function checkDraft(
  draft: DraftToCheck,
  of: { expected: PostExpectation; guidelines: readonly Guideline[] },
): CheckPoint[] {
  return [
    checkLabel(draft),
    checkMedia(draft),
    ...checkListed(draft, of.expected),
    ...checkTicks(draft, of.guidelines),
    ...checkDay(draft),
  ];
}

function checkLabel({ disclosure }: DraftToCheck): CheckPoint {
  const title = 'Label readers see';
  if (disclosure === null)
    return { point: 'label', title, result: 'unknown', detail: 'not judged before it is handed in' };
  const result = disclosure.verdict === 'pass' || disclosure.verdict === 'not_needed' ? 'met' : 'missing';
  const [first] = disclosure.findings;
  return { point: 'label', title, result, detail: first?.title ?? labelWords[disclosure.verdict] };
}

function checkMedia({ format, files, videoUrl }: DraftToCheck): CheckPoint {
  const videos = files.filter((file) => file.kind === 'video').length;
  const images = files.length - videos;
  const parts = [
    ...(videos > 0 ? [`${videos} ${videos === 1 ? 'video' : 'videos'}`] : []),
    ...(images > 0 ? [`${images} ${images === 1 ? 'picture' : 'pictures'}`] : []),
    ...(videoUrl === null ? [] : ['a link to a video']),
  ];
  const detail = parts.length === 0 ? 'nothing to look at' : parts.join(', ');
  const needsVideo = videoFormats.test(format) && !/story|stories/i.test(format);
  const hasWhatIsNeeded = needsVideo ? videos > 0 || videoUrl !== null : parts.length > 0;
  return { point: 'media', title: `A ${format} to look at`, result: hasWhatIsNeeded ? 'met' : 'missing', detail };
}

const listedTitles = {
  links: 'Link',
  codes: 'Code',
  hashtags: 'Hashtags',
  mentions: 'Names the brand',
} as const;

function checkListed(draft: DraftToCheck, expected: PostExpectation): CheckPoint[] {
  const inCaption = findListed(draft.caption, expected);
  const elsewhere = findListed([draft.spokenText ?? '', draft.onScreenText ?? ''].join('\n'), expected);
  return (['mentions', 'codes', 'links', 'hashtags'] as const).flatMap((thing) => {
    if (expected[thing].length === 0) return [];
    const missing = inCaption[thing].missing.filter((one) => !elsewhere[thing].found.includes(one));
    const isVideo = draft.files.some((file) => file.kind === 'video') || draft.videoUrl !== null;
    // A code may be said or shown in a video nobody has written down.
    const isOpen = thing === 'codes' && isVideo && draft.spokenText === null && draft.onScreenText === null;
    const result = missing.length === 0 ? 'met' : isOpen ? 'unknown' : 'missing';
    const detail =
      missing.length === 0
        ? inCaption[thing].missing.length === 0
          ? `${(inCaption[thing].found.length > 0 ? inCaption[thing].found : expected[thing]).join(', ')} in the caption`
          : 'said or shown in the video'
        : isOpen
          ? `${missing.join(', ')} not in the caption; the video was not written down`
          : `${missing.join(', ')} not in the caption`;
    return [{ point: thing, title: listedTitles[thing], result, detail }];
  });
}

function checkTicks({ ticks }: DraftToCheck, guidelines: readonly Guideline[]): CheckPoint[] {
  const own = guidelines.filter((line) => line.kind === 'message' || line.kind === 'do' || line.kind === 'dont');
  return own.map((line) => {
    const isTicked = ticks.includes(line.key);
    return {
      point: line.key,
      title: line.kind === 'dont' ? `Not: ${line.text}` : line.text,
      result: isTicked ? ('met' as const) : ('unknown' as const),
      detail: isTicked ? 'the creator says so' : 'not ticked by the creator',
    };
  });
}

function checkDay({ dueOn, submittedOn }: DraftToCheck): CheckPoint[] {
  if (dueOn === null || submittedOn === null) return [];
  const isInTime = submittedOn <= dueOn;
  const detail = isInTime
    ? `handed in on ${submittedOn}, due ${dueOn}`
    : `handed in on ${submittedOn}, was due ${dueOn}`;
  return [{ point: 'day', title: 'In time', result: isInTime ? 'met' : 'missing', detail }];
}
