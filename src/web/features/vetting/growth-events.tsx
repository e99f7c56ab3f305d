import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import type { Evidence, GrowthEvent, GrowthExplanation } from '#modules/vetting/api.ts';
import { formatChange, formatCount } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Tag, type Tone } from '#web/ui/tag.tsx';
import { causeWords, eventTitle, keyOf, stateWords, stayedText } from './growth-words.ts';

interface Props {
  events: readonly GrowthEvent[];
  openKey: string | undefined;
  onToggle: (key: string | undefined) => void;
}

/** The steps of the line as rows, the newest first; each opens to everything that was held against it. */
export function GrowthEvents({ events, openKey, onToggle }: Props) {
  if (events.length === 0) return null;
  return (
    <ul className="vg-events" aria-label="Steps in the followers">
      {events.toReversed().map((event) => {
        const key = keyOf(event);
        return (
          <Row
            key={key}
            event={event}
            isOpen={key === openKey}
            onToggle={() => onToggle(key === openKey ? undefined : key)}
          />
        );
      })}
    </ul>
  );
}

function Row({ event, isOpen, onToggle }: { event: GrowthEvent; isOpen: boolean; onToggle: () => void }) {
  const id = useId();
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const stayed = stayedText(event);
  return (
    <li>
      <button type="button" className="vg-row" aria-expanded={isOpen} aria-controls={id} onClick={onToggle}>
        <Chevron size={16} stroke={1.6} aria-hidden />
        <span className="vg-what">
          <Tag tone={toneOf(event)}>{eventTitle(event)}</Tag>
          <span className="meta">
            {formatDate(event.from)} to {formatDate(event.to)}
          </span>
        </span>
        <span className="num">
          {event.change > 0 ? '+' : '−'}
          {formatCount(Math.abs(event.change))}
          <span className="meta vt-block">{[formatChange(event.share), stayed].filter(Boolean).join(', ')}</span>
        </span>
      </button>
      <div id={id} hidden={!isOpen} className="vg-causes">
        {isOpen && <Causes event={event} />}
      </div>
    </li>
  );
}

function toneOf(event: GrowthEvent): Tone {
  if (event.kind === 'drop') return 'plain';
  return event.explainedBy === null ? 'warn' : 'good';
}

function Causes({ event }: { event: GrowthEvent }) {
  const explanations = event.explanations ?? [];
  if (event.kind === 'drop')
    return (
      <p className="meta">
        Followers left within days. Platforms remove fake accounts in such steps; people who leave come off slowly.
      </p>
    );
  if (explanations.length === 0)
    return event.explainedBy === null ? (
      <p className="meta">This report is from before explanations were kept. Run the vetting again.</p>
    ) : (
      <EvidenceRow evidence={event.explainedBy} />
    );
  return (
    <dl>
      {explanations.map((one) => (
        <div key={one.cause}>
          <dt>
            {causeWords[one.cause]} <Tag tone={causeTone(one)}>{stateWords[one.state]}</Tag>
          </dt>
          <dd>
            <span className="ink-2">{one.text}</span>
            {one.evidence.map((evidence) => (
              <EvidenceRow key={`${evidence.id} ${evidence.value}`} evidence={evidence} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function causeTone({ cause, state }: GrowthExplanation): Tone {
  if (state !== 'found') return 'plain';
  return cause === 'bought' ? 'warn' : 'good';
}

function EvidenceRow({ evidence }: { evidence: Evidence }) {
  const { label, value, url, at } = evidence;
  return (
    <span className="vg-evidence">
      {url === null ? (
        label
      ) : (
        <a href={url} target="_blank" rel="noreferrer noopener">
          {label}
        </a>
      )}
      <span className="meta">
        {value}
        {at !== null && `, ${formatDate(at)}`}
      </span>
    </span>
  );
}
