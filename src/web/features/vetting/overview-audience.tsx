import type { Audience, Profile } from '#modules/creators/api.ts';
import type { AudienceSample, Vetting } from '#modules/vetting/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { RangeMark } from '#web/ui/range-mark.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { sampleNote, shareMeaning } from './audience-words.ts';
import { ShareRow } from './share-row.tsx';
import './audience.css';

interface Props {
  report: Vetting;
  profile: Profile | undefined;
}

/** Who the audience is, the short of it: judged kinds of accounts beside those of peers, and where they live and how old they are as somebody stated it. */
export function OverviewAudience({ report, profile }: Props) {
  const sample = report.audience?.authenticity ?? null;
  const stated = profile?.audience ?? null;
  return (
    <Section
      title="Audience"
      note={sample === null ? 'no sample of followers is stored' : sampleNote(sample)}
      end={
        <AppLink to="/creators/$personId/audience" params={{ personId: report.personId }}>
          All of the audience
        </AppLink>
      }
    >
      <Kinds sample={sample} report={report} />
      {stated !== null && <Stated audience={stated} />}
      {sample === null && stated === null && (
        <p className="meta vt-empty">
          Not known: neither a sample of followers is stored nor has anybody stated who they are. Add either under
          Audience; what is not known is not clean.
        </p>
      )}
    </Section>
  );
}

const kinds = [
  ['real', 'Real people', 'audience_real'],
  ['massFollower', 'Follow over 1,500', 'audience_mass'],
  ['influencer', 'Other creators', 'audience_influencer'],
  ['suspicious', 'Suspicious', 'audience_suspicious'],
] as const;

function Kinds({ sample, report }: { sample: AudienceSample | null; report: Vetting }) {
  if (sample === null) return null;
  const { shares } = sample;
  if (shares === null)
    return (
      <p className="vt-state">
        <Tag>{sample.state === 'too_small' ? 'not enough data' : 'not known'}</Tag> {sample.text}
      </p>
    );
  const peersOf = (name: string) => report.besidePeers?.find((one) => one.name === name)?.peers ?? null;
  const hasPeers = kinds.some(([, , name]) => peersOf(name) !== null);
  return (
    <>
      <h3 className="vt-h3">
        Who they are{' '}
        <span className="meta">
          {formatShare(sample.coverage, 0)} interval{hasPeers ? '; line: median of vetted peers' : ''}
          {sample.state === 'uncalibrated' && '; uncalibrated on this platform'}
        </span>
      </h3>
      <ul className="list" aria-label="Kinds of accounts">
        {kinds.map(([name, title, figure]) => {
          const share = shares[name];
          const peers = peersOf(figure);
          return share === null ? null : (
            <ShareRow
              key={name}
              title={title}
              share={share}
              coverage={sample.coverage}
              isEstimated={sample.state === 'uncalibrated'}
              meaning={shareMeaning(
                sample,
                peers === null
                  ? 'share of the sample, as the Audience tab explains'
                  : `share of the sample; ${peers.n} vetted peers have ${formatShare(peers.median)} at the median`,
              )}
              {...(peers !== null && { target: peers.median })}
            />
          );
        })}
      </ul>
    </>
  );
}

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
const dimensions = [
  ['country', 'Where they live', (value: string) => countries.of(value) ?? value],
  ['age', 'Age', (value: string) => (value === '65-' ? '65 and more' : value.replace('-', ' to '))],
] as const;
const rowsMax = 3;

/** As stated by somebody, so lighter than what was judged here; no interval where the size of the sample is not stated. */
function Stated({ audience }: { audience: Audience }) {
  return (
    <>
      {dimensions.map(([name, title, words]) => {
        const shares = Object.entries(audience.distributions[name] ?? {}).sort(
          (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
        );
        if (shares.length === 0) return null;
        return (
          <div key={name}>
            <h3 className="vt-h3">
              {title}{' '}
              <span className="meta">
                {audience.origin === 'sampled' ? 'from a sample' : 'stated'} by {audience.source},{' '}
                {formatDate(audience.at)}
              </span>
            </h3>
            <ul className="list" aria-label={title}>
              {shares.slice(0, rowsMax).map(([value, share]) => (
                <li key={value} className="vt-share">
                  <span>{words(value)}</span>
                  <RangeMark
                    label={`${words(value)}: ${formatShare(share)}, as stated`}
                    value={share}
                    low={share}
                    high={share}
                    scale={[0, 1]}
                    look="soft"
                  />
                  <span className="num est">{formatShare(share)}</span>
                  <span className="meta">no interval</span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </>
  );
}
