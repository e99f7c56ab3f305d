import type { ArchiveContent } from '#modules/archives/api.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { secretsOf } from './words.ts';

/** What is in an archive, table by table, and what is not. */
export function ContentParts({ content }: { content: ArchiveContent }) {
  const secrets = secretsOf(content);
  const filled = content.parts.filter((part) => part.rows > 0);
  return (
    <details>
      <summary>What is in it, and what is not</summary>
      <div className="stack">
        <dl className="archives-parts">
          {filled.map((part) => (
            <div key={part.name}>
              <dt>
                {part.name.replaceAll('_', ' ')}
                {!part.isTakenIn && <span className="meta"> to read only</span>}
              </dt>
              <dd>{formatCount(part.rows)}</dd>
            </div>
          ))}
        </dl>
        {secrets.length > 0 && <p>Left out, to be entered anew after an import: {secrets.join(', ')}.</p>}
        {content.notices.map((notice) => (
          <p className="meta" key={notice}>
            {notice}
          </p>
        ))}
      </div>
    </details>
  );
}
