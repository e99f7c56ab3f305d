import type { Vetting } from '#modules/vetting/api.ts';
import { formatDecimal, formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';

/** Posts whose likes or views shot up while comments and likes stayed where they were. */
export function BurstsSection({ report }: { report: Vetting }) {
  const { bursts } = report.growth;
  if (bursts === undefined) return null;
  const { state, searched, found, needs } = bursts;
  if (state === 'too_few')
    return (
      <Section title="Likes and views that stand alone">
        <p className="meta vt-empty">Not enough data. Needed: {needs}.</p>
      </Section>
    );
  return (
    <Section
      title="Likes and views that stand alone"
      note="bought reactions look like that; so does a post shown as an advertisement"
      end={`${found.length} in ${formatPlural(searched, 'post')}`}
    >
      {found.length === 0 ? (
        <p className="meta vt-empty">None: where likes or views were high, comments and likes were too.</p>
      ) : (
        <div className="table-scroll">
          <table className="table tall">
            <thead>
              <tr>
                <th scope="col">Post</th>
                <th scope="col">What was found</th>
                <th scope="col" className="num">
                  Behind by
                </th>
              </tr>
            </thead>
            <tbody>
              {found.map((one) => (
                <tr key={`${one.postId} ${one.kind}`}>
                  <td className="vt-nowrap">
                    {one.url === null ? (
                      <PostDay at={one.at} />
                    ) : (
                      <a href={one.url} target="_blank" rel="noreferrer noopener">
                        <PostDay at={one.at} />
                      </a>
                    )}
                  </td>
                  <td>{one.text}</td>
                  <td className="num">
                    {formatDecimal(one.strength)} <span className="meta">spreads</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function PostDay({ at }: { at: string | null }) {
  return <>{at === null ? 'Undated post' : formatDate(at)}</>;
}
