import type { FitSection as Fit, Vetting } from '#modules/vetting/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatDecimal, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';

/** How the creator matches the brief of the brand profile, as a sum of named contributions. */
export function FitSection({ report }: { report: Vetting }) {
  const { fit } = report;
  return (
    <Section
      title="Match with your brand"
      note={
        fit == null
          ? undefined
          : fit.comparedWith > 0
            ? `texts compared with ${formatPlural(fit.comparedWith, 'creator')}`
            : undefined
      }
      end={<AppLink to="/brand-profile">Brand profile</AppLink>}
    >
      {fit == null ? (
        <p className="meta vt-empty">
          The brand profile has no brief, values, accounts or wanted audience yet. With them every creator is matched
          against it.
        </p>
      ) : (
        <FitContributions fit={fit} label="Match" />
      )}
    </Section>
  );
}

/** The share of points and what each signal gave. */
export function FitContributions({ fit, label }: { fit: Fit; label: string }) {
  return (
    <>
      <p>
        <b>
          <Figure
            label={label}
            value={fit.share === null ? null : formatShare(fit.share)}
            missing="not enough data"
            meaning={{
              formula: 'points given / the most the known signals could give; weights of the matching in Discover',
              n: `${fit.contributions.filter((one) => one.value !== null).length} of ${fit.contributions.length} signals known`,
            }}
          />
        </b>{' '}
        <span className="ink-2">of the points that can be told</span>
      </p>
      <ul className="vt-evidence">
        {fit.contributions.map((one) => (
          <li key={one.signal}>
            <span className="vt-ev-text">
              {one.title}
              <span className="meta">{one.line}</span>
              {one.evidence.map((row) => (
                <span key={row.text} className="meta">
                  {row.text}
                </span>
              ))}
            </span>
            <b>
              {one.value === null ? (
                <Tag>not known</Tag>
              ) : (
                `${formatDecimal(one.points, 1)} of ${formatDecimal(one.weight, 0)}`
              )}
            </b>
          </li>
        ))}
      </ul>
    </>
  );
}
