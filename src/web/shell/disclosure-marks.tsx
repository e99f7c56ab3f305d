import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { Fragment, type ReactNode, useMemo } from 'react';
import {
  checkDisclosure,
  type DisclosureFinding,
  type DisclosureInput,
  type DisclosureVerdict,
} from '#modules/disclosure/api.ts';
import './disclosure-marks.css';

/** The verdict on a caption while it is typed: no request is made. */
export function useDisclosure(input: DisclosureInput): DisclosureVerdict {
  const key = JSON.stringify(input);
  return useMemo(() => checkDisclosure(JSON.parse(key)), [key]);
}

interface MarkedProps {
  caption: string;
  verdict: DisclosureVerdict;
}

interface Mark {
  start: number;
  end: number;
  tone: 'good' | 'warn' | 'bad';
  title: string;
}

const tones = { fail: 'bad', warn: 'warn', info: 'warn' } as const;

function marksOf({ findings, disclosedBy }: DisclosureVerdict): Mark[] {
  const marks: Mark[] = findings.flatMap((finding) =>
    finding.span === null ? [] : [{ ...finding.span, tone: tones[finding.severity], title: finding.message }],
  );
  const isFaulty = marks.some((mark) => mark.start === disclosedBy?.start);
  if (disclosedBy !== null && !isFaulty)
    marks.push({ ...disclosedBy, tone: 'good', title: 'Tells readers that this is advertising' });
  // One mark a place: the first by severity stays where two overlap.
  const kept: Mark[] = [];
  for (const mark of marks.sort((a, b) => a.start - b.start || b.end - a.end))
    if (mark.start >= (kept.at(-1)?.end ?? 0)) kept.push(mark);
  return kept;
}

/** A caption with what the rules found underlined in place, and a line where the platform cuts it. */
export function MarkedCaption({ caption, verdict }: MarkedProps) {
  const marks = marksOf(verdict);
  const parts: ReactNode[] = [];
  const fold = foldToShow(caption, verdict.foldAt);
  const write = (from: number, to: number) => {
    if (fold === null || fold <= from || fold > to) return parts.push(caption.slice(from, to));
    parts.push(caption.slice(from, fold), <FoldLine key="fold" />, caption.slice(fold, to));
    return undefined;
  };
  let at = 0;
  for (const mark of marks) {
    write(at, mark.start);
    parts.push(
      <Fragment key={mark.start}>
        <mark className={`dm ${mark.tone}`} title={mark.title}>
          {caption.slice(mark.start, mark.end)}
        </mark>
        {fold !== null && fold > mark.start && fold <= mark.end && <FoldLine />}
      </Fragment>,
    );
    at = mark.end;
  }
  write(at, caption.length);
  return (
    <div className="dm-caption" dir="auto" lang={verdict.language ?? undefined}>
      {parts}
    </div>
  );
}

/** The platform cuts between letters; the line is drawn before the word it cuts. */
function foldToShow(caption: string, foldAt: number | null): number | null {
  if (foldAt === null) return null;
  const blank = caption.slice(0, foldAt + 1).search(/\s\S*$/u);
  return blank < foldAt / 2 ? foldAt : Math.min(foldAt, blank + 1);
}

function FoldLine() {
  return <span className="dm-fold meta">readers see up to here</span>;
}

interface FindingsProps {
  caption: string;
  verdict: DisclosureVerdict;
  /** Offered as the one primary action; leave out where the caption is not to be changed. */
  onRepair?: (repaired: string) => void;
  isBusy?: boolean;
  /** Further actions beside the repair, such as asking the creator to. */
  actions?: ReactNode;
}

/** What is not in order, each with its rule and where that is written, and the repaired caption one click away. */
export function DisclosureFindings({ caption, verdict, onRepair, isBusy = false, actions }: FindingsProps) {
  const { findings, repaired } = verdict;
  if (findings.length === 0) return <InOrder verdict={verdict} />;
  return (
    <div className="stack" role="status">
      {findings.map((finding) => (
        <FindingCard key={`${finding.rule} ${finding.span?.start ?? ''}`} finding={finding} />
      ))}
      {repaired !== null && (
        <div className="dm-repair">
          <RepairLines caption={caption} repaired={repaired} />
          <div className="row">
            {onRepair !== undefined && (
              <Button size="compact-md" variant="filled" loading={isBusy} onClick={() => onRepair(repaired)}>
                Repair in one click
              </Button>
            )}
            {actions}
          </div>
        </div>
      )}
    </div>
  );
}

function InOrder({ verdict }: { verdict: DisclosureVerdict }) {
  const words =
    verdict.verdict === 'not_needed'
      ? 'Nothing in the caption speaks of a deal, and none is known.'
      : `“${verdict.disclosedBy?.text ?? ''}” tells readers in time that this is advertising.`;
  return (
    <p className="dm-ok" role="status">
      <IconCircleCheck size={16} stroke={1.6} aria-hidden />
      <span>
        {words} <span className="meta">{verdict.pack}</span>
      </span>
    </p>
  );
}

const severityWords = { fail: 'Not in order', warn: 'Look again', info: 'Good to know' } as const;

function FindingCard({ finding }: { finding: DisclosureFinding }) {
  const Icon = finding.severity === 'info' ? IconInfoCircle : IconAlertTriangle;
  const [words, url] = sourceOf(finding.source);
  return (
    <div className={`dm-card ${tones[finding.severity]}`}>
      <div className="spread">
        <b>
          <Icon size={16} stroke={1.6} aria-hidden /> {finding.title}
          <span className="vh">: {severityWords[finding.severity]}</span>
        </b>
        <span className="meta">
          rule {finding.rule}, {finding.pack}
        </span>
      </div>
      <p className="ink-2">{finding.message}</p>
      <p className="meta">
        {url === null ? (
          words
        ) : (
          <a href={url} target="_blank" rel="noreferrer noopener">
            {words}
          </a>
        )}
      </p>
    </div>
  );
}

/** A source ends with its address. */
function sourceOf(source: string): [words: string, url: string | null] {
  const at = source.lastIndexOf(', https://');
  return at < 0 ? [source, null] : [source.slice(0, at), source.slice(at + 2)];
}

const shownMax = 60;

/** What a repair adds and takes away, as two lines. */
function RepairLines({ caption, repaired }: { caption: string; repaired: string }) {
  const left = caption.split(/\s+/u);
  const kept = repaired.split(/\s+/u);
  const gone = left.filter((word) => !kept.includes(word));
  const start = repaired.length > shownMax ? `${repaired.slice(0, shownMax)}…` : repaired;
  return (
    <div dir="auto">
      <p className="dm-line good">
        <span aria-hidden>+</span> <span className="vh">Written: </span>
        {start}
      </p>
      {gone.length > 0 && (
        <p className="dm-line bad">
          <span aria-hidden>−</span> <span className="vh">Taken out: </span>
          <s>{gone.join(' … ')}</s>
        </p>
      )}
    </div>
  );
}

interface Props extends FindingsProps {
  /** Beside the title, such as "320 characters". */
  note?: string;
}

/** Caption and findings together: what a review, a portal and a brief show. */
export function DisclosureMarks(props: Props) {
  const { caption, verdict, note } = props;
  return (
    <div className="stack">
      <p className="meta">{note ?? `${[...caption].length} characters, checked by ${verdict.pack}`}</p>
      <MarkedCaption caption={caption} verdict={verdict} />
      <DisclosureFindings {...props} />
    </div>
  );
}
