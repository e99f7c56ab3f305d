import { type Campaign, compareBriefs, listBriefVersions } from '#modules/campaigns/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';

interface Props {
  campaign: Campaign;
  shown: number;
  compare: number | undefined;
  onChange: (change: { version?: number | undefined; compare?: number | undefined }) => void;
}

/** All versions, each to be read or held beside the one that is shown. */
export function BriefVersions({ campaign, shown, compare, onChange }: Props) {
  const query = useApiQuery(listBriefVersions, { campaignId: campaign.id });
  const showText = (
    <button type="button" className="link bare" onClick={() => onChange({ compare: undefined })}>
      Show the text
    </button>
  );
  return (
    <Section title="Versions" {...(compare === undefined ? {} : { end: showText })}>
      <QueryState query={query}>
        {(versions) => (
          <ul className="list">
            {versions.map((one) => (
              <li key={one.version}>
                <div style={{ flex: 1, minWidth: 0 }}>
                  <button
                    type="button"
                    className="link bare"
                    aria-current={one.version === shown ? 'true' : undefined}
                    onClick={() =>
                      onChange({
                        version: one.version === campaign.briefVersion ? undefined : one.version,
                        compare: undefined,
                      })
                    }
                  >
                    Version {one.version}
                  </button>
                  <span className="meta block">
                    {one.savedBy}, {formatWhen(one.savedAt)}
                  </span>
                </div>
                {one.version < shown && (
                  <button
                    type="button"
                    className="link bare"
                    aria-label={`Compare version ${one.version} with version ${shown}`}
                    aria-pressed={compare === one.version}
                    onClick={() => onChange({ compare: one.version })}
                  >
                    Compare
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryState>
    </Section>
  );
}

/** Two versions side by side: what went on the left, what came on the right. */
export function BriefChanges({ campaignId, from, to }: { campaignId: string; from: number; to: number }) {
  const query = useApiQuery(compareBriefs, { campaignId, from, to });
  return (
    <QueryState query={query}>
      {({ changes }) =>
        changes.length === 0 ? (
          <p className="ink-2">Nothing differs but the order of lines.</p>
        ) : (
          <table className="table camp-sides" aria-label={`Changes from version ${from} to version ${to}`}>
            <thead>
              <tr>
                <th>Part</th>
                <th>Version {from}</th>
                <th>Version {to}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <tr key={change.field}>
                  <th scope="row">{change.label}</th>
                  <td className="camp-diff">
                    {change.before.length === 0 && <span className="ink-3">nothing</span>}
                    {change.before.map((line) => (
                      <del key={line}>{line}</del>
                    ))}
                  </td>
                  <td className="camp-diff">
                    {change.after.length === 0 && <span className="ink-3">nothing</span>}
                    {change.after.map((line) => (
                      <ins key={line}>{line}</ins>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </QueryState>
  );
}
