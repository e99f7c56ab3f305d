import type { EngagementRate, PublishedBand, Vetting } from '#modules/vetting/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { BurstsSection } from './bursts-section.tsx';
import { PeersSection } from './peers-section.tsx';
import { PostFigures } from './post-figures.tsx';
import { SignalList } from './signal-list.tsx';
import { usePerson, useVetting } from './use-creator.ts';
import { coverage, rate } from './words.ts';

/** Engagement under every definition, against peers and against what others have published. */
export function EngagementPage() {
  const { data: report } = useVetting();
  const { data: person } = usePerson();
  if (report === undefined) return null;
  const profile = person?.profiles.find((one) => one.id === report.profileId);
  return (
    <>
      <Section title="Quality of engagement">
        <SignalList
          label="Engagement quality"
          signals={report.signals.filter((signal) => signal.point === 'engagement_quality')}
          withPoints={report.score !== null}
        />
      </Section>
      <hr className="vt-rule" />
      <PeersSection report={report} height={240} />
      <hr className="vt-rule" />
      <BurstsSection report={report} />
      <hr className="vt-rule" />
      <div className="cols even">
        <Rates rates={report.engagement.rates} />
        <Bands bands={report.engagement.bands} />
      </div>
      {profile !== undefined && <PostFigures profile={profile} />}
      <Stated report={report} />
    </>
  );
}

function Rates({ rates }: { rates: readonly EngagementRate[] }) {
  return (
    <Section title="By definition" note="denominators differ, so each figure names its own">
      <div className="table-scroll">
        <table className="table tall">
          <thead>
            <tr>
              <th scope="col">Definition</th>
              <th scope="col" className="num">
                Median
              </th>
              <th scope="col" className="num">
                Mean
              </th>
              <th scope="col" className="num">
                Posts
              </th>
            </tr>
          </thead>
          <tbody>
            {rates.map((one) => (
              <tr key={one.definition}>
                <td>
                  {one.title} {one.isScored && <Tag tone="accent">scored</Tag>}
                  {one.n === 0 && <span className="meta vt-block">needs {one.needs}</span>}
                </td>
                <td className="num">
                  <RateFigure one={one} which="median" />
                </td>
                <td className="num">
                  <RateFigure one={one} which="mean" />
                </td>
                <td className="num">{one.n}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function RateFigure({ one, which }: { one: EngagementRate; which: 'median' | 'mean' }) {
  const value = one[which];
  const interval = which === 'median' ? one.medianInterval : one.meanInterval;
  const method = which === 'median' ? 'order statistics' : 'bootstrap';
  return (
    <Figure
      label={`${one.title}, ${which}`}
      value={value === null ? null : rate(value)}
      meaning={{
        formula: one.formula,
        n: formatPlural(one.n, 'post'),
        ...(interval !== null && {
          interval: `${rate(interval.low)} to ${rate(interval.high)}, ${coverage(interval.coverage)} (${method})`,
        }),
      }}
    />
  );
}

const places = { below: 'below it', inside: 'inside', above: 'above it' } as const;

function Bands({ bands }: { bands: readonly PublishedBand[] }) {
  return (
    <Section title="Published bands" note="they differ by 2 to 3 times; none is the truth">
      {bands.length === 0 ? (
        <p className="meta vt-empty">No band is published for this platform and size.</p>
      ) : (
        <div className="table-scroll">
          <table className="table tall">
            <thead>
              <tr>
                <th scope="col">Source</th>
                <th scope="col" className="num">
                  Band
                </th>
                <th scope="col">This creator</th>
              </tr>
            </thead>
            <tbody>
              {bands.map((band) => (
                <tr key={`${band.source} ${band.tier}`}>
                  <td>
                    {band.source}
                    {band.year === null ? ', year not stated' : ` ${band.year}`}
                    <span className="meta vt-block">
                      {band.tier}, {band.definition}
                    </span>
                  </td>
                  <td className="num vt-nowrap">
                    {rate(band.low)} to {rate(band.high)}
                  </td>
                  <td>
                    {band.place === null ? (
                      <span className="ink-3">not enough data</span>
                    ) : (
                      <Tag>{places[band.place]}</Tag>
                    )}
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

/** Figures that came with the import. They were not measured here, so they look estimated. */
function Stated({ report }: { report: Vetting }) {
  const { stated } = report.engagement;
  if (stated.length === 0) return null;
  return (
    <Section title="Stated on the profile" note="as the source says or as worked out at import; not part of the score">
      <div className="figs">
        {stated.map((one) => (
          <div key={one.title} className="stat">
            <span className="stat-label">{one.title}</span>
            <div className="stat-value">
              <Figure
                label={one.title}
                isEstimated
                value={one.title === 'Engagement rate' ? rate(one.value) : formatCompact(one.value)}
                meaning={{
                  formula: 'as stated by the source',
                  source: one.source,
                  ...(one.at !== null && { asOf: one.at }),
                }}
              />
            </div>
          </div>
        ))}
      </div>
    </Section>
  );
}
