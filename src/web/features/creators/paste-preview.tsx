import type { Platform } from '#kernel/platform.ts';
import { platformNames } from '#kernel/platform.ts';
import { type PastedLine, previewHandles } from '#modules/creators/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { Status } from '#web/ui/status.tsx';
import type { Tone } from '#web/ui/tag.tsx';

const shownMax = 500;

const words: Record<PastedLine['state'], { label: string; tone: Tone }> = {
  new: { label: 'new', tone: 'good' },
  known: { label: 'known', tone: 'plain' },
  duplicate: { label: 'twice', tone: 'plain' },
  objected: { label: 'objected', tone: 'warn' },
  error: { label: 'not read', tone: 'bad' },
};

/** How the pasted text is understood, line by line, before anything is kept; what needs a look stands first. */
export function PastePreview({ text, platform }: { text: string; platform: Platform }) {
  const hasText = text.trim() !== '';
  const query = useApiQuery(previewHandles, { text, platform }, { enabled: hasText, keepPrevious: true, retry: false });
  if (!hasText) return null;
  if (query.error) return <p className="creators-problems">{query.error.message}</p>;
  if (query.data === undefined) return <p className="meta">Reading the list</p>;
  const { lines, counts } = query.data;
  const sorted = lines.toSorted((a, b) => rank(a) - rank(b) || a.line - b.line);
  const parts = (['new', 'known', 'duplicate', 'objected', 'error'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => `${formatCount(counts[state])} ${words[state].label}`);
  return (
    <section aria-label="How the list is read">
      <p className="meta" role="status">
        {formatPlural(lines.length, 'entry', 'entries')}: {parts.join(', ') || 'none'}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard */}
      <section className="creators-paste" aria-label="Entries" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Read as</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shownMax).map((line) => (
              <tr key={`${line.line} ${line.text} ${line.state}`}>
                <td className="num">{line.line}</td>
                <td>
                  <Understood line={line} />
                </td>
                <td>
                  <Status tone={words[line.state].tone}>{words[line.state].label}</Status>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {lines.length > shownMax && <p className="meta">The first {shownMax} are shown; all are added.</p>}
    </section>
  );
}

function rank(line: PastedLine): number {
  return ['error', 'objected', 'duplicate', 'known', 'new'].indexOf(line.state);
}

function Understood({ line }: { line: PastedLine }) {
  if (line.platform === null || line.handle === null)
    return (
      <>
        <span className="clip">{line.text}</span>
        <span className="meta creators-reason">{line.message}</span>
      </>
    );
  const shown = line.platform === 'blog' ? line.handle : `@${line.handle}`;
  return (
    <>
      {line.personId === null ? (
        shown
      ) : (
        <AppLink className="link" to="/creators/$personId" params={{ personId: line.personId }}>
          {shown}
        </AppLink>
      )}{' '}
      <span className="meta">{platformNames[line.platform]}</span>
    </>
  );
}
