import { Button } from '@mantine/core';
import { useState } from 'react';
import { type Audience, audienceAges, audienceGenders, type Profile } from '#modules/creators/api.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useParam } from '#web/shell/use-go.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatCount, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { AudienceForm } from './audience-form.tsx';
import './audience-form.css';

const titles: Record<string, string> = {
  country: 'Countries',
  state: 'States',
  city: 'Towns',
  age: 'Age',
  gender: 'Gender',
  engagersGender: 'Gender of those who like',
  language: 'Languages',
  genderAge: 'Gender within age',
  interest: 'Interests (they overlap)',
  brand: 'Brands it likes (they overlap)',
};
const origins: Record<Audience['origin'], string> = {
  declared: 'declared by the creator',
  imported: 'imported',
  sampled: 'from a sample of followers',
};
const rowsShown = 6;
const names = {
  country: new Intl.DisplayNames('en', { type: 'region', fallback: 'code' }),
  language: new Intl.DisplayNames('en', { type: 'language', fallback: 'code' }),
};

/** Who follows as somebody states it, never without who, when and of how many. */
export function StatedAudience({ profile }: { profile: Profile }) {
  const { audience } = profile;
  const state = <StateAudience profile={profile} />;
  if (audience === null)
    return (
      <Section title="Audience as stated" end={state}>
        <p className="meta vt-empty">
          Not known: nobody has stated the audience of @{profile.handle}. State it by hand, or import a report with
          audience columns; say the size of its sample.
        </p>
      </Section>
    );
  const dimensions = Object.keys(titles).filter((name) => audience.distributions[name] !== undefined);
  return (
    <Section title="Audience as stated" note={sampleWords(audience)} end={<Confidence audience={audience} />}>
      {state}
      <Wholes audience={audience} />
      <div className="vt-audience">
        {dimensions.map((dimension) => (
          <Distribution key={dimension} dimension={dimension} audience={audience} />
        ))}
      </div>
    </Section>
  );
}

/** The button that opens the form; only for those who may change creators. */
function StateAudience({ profile }: { profile: Profile }) {
  const personId = useParam('personId');
  const canWrite = useCan('creators:write');
  const [isOpen, setOpen] = useState(false);
  if (!canWrite) return null;
  return (
    <>
      <Button size="compact-sm" onClick={() => setOpen(true)}>
        {profile.audience === null ? 'State the audience' : 'Change what is stated'}
      </Button>
      {isOpen && <AudienceForm personId={personId} profile={profile} onClose={() => setOpen(false)} />}
    </>
  );
}

/** "imported from report.csv, 1 May 2026, sample of 4,200". */
function sampleWords(audience: Audience): string {
  const sample = audience.n === null ? 'sample size not stated' : `sample of ${formatCount(audience.n)}`;
  return `${origins[audience.origin]}, ${audience.source}, ${formatDate(audience.at)}, ${sample}`;
}

function Confidence({ audience }: { audience: Audience }) {
  const { confidence } = audience;
  if (confidence === 'not stated') return <Tag>confidence not known</Tag>;
  return <Tag tone={confidence === 'low' ? 'warn' : 'good'}>{confidence} confidence</Tag>;
}

function meaningOf(audience: Audience, formula: string) {
  return {
    formula,
    source: `${audience.source}, ${origins[audience.origin]}`,
    n: audience.n === null ? 'not stated' : `${formatCount(audience.n)} accounts`,
    asOf: audience.at,
  };
}

function Wholes({ audience }: { audience: Audience }) {
  const { credibility, adultShare, isLdaCompliant, likesFromOthers } = audience;
  const lda =
    isLdaCompliant === null
      ? 'cannot be told whether 71.6 % are'
      : `${isLdaCompliant ? 'at least' : 'less than'} 71.6 % are`;
  return (
    <div className="figs">
      <div className="stat">
        <span className="stat-label">Credibility</span>
        <div className="stat-value">
          <Figure
            label="Credibility of the audience"
            isEstimated
            value={credibility === null ? null : formatShare(credibility)}
            meaning={meaningOf(audience, 'share of followers the source holds to be real')}
          />
        </div>
      </div>
      <div className="stat">
        <span className="stat-label">21 and more</span>
        <div className="stat-value">
          <Figure
            label="Audience of 21 years and more"
            isEstimated
            value={adultShare === null ? null : formatShare(adultShare)}
            missing={isLdaCompliant === null ? 'not known' : isLdaCompliant ? 'over 71.6 %' : 'under 71.6 %'}
            meaning={meaningOf(audience, `as stated, or from buckets of age where they tell; ${lda} 21 or more`)}
          />
        </div>
      </div>
      <div className="stat">
        <span className="stat-label">Likes from others</span>
        <div className="stat-value">
          <Figure
            label="Likes from accounts that do not follow"
            isEstimated
            value={likesFromOthers === null ? null : formatShare(likesFromOthers)}
            missing="not stated"
            meaning={meaningOf(audience, 'share of likes by accounts that do not follow, as stated by the source')}
          />
        </div>
      </div>
    </div>
  );
}

/** Dimensions that have an order of their own; all others show their largest shares. */
const ordersOf: Record<string, readonly string[]> = {
  age: audienceAges,
  genderAge: audienceAges.flatMap((age) => audienceGenders.map((gender) => `${gender} ${age}`)),
};

function Distribution({ dimension, audience }: { dimension: string; audience: Audience }) {
  const given = Object.entries(audience.distributions[dimension] ?? {});
  const order = ordersOf[dimension];
  const inOrder =
    order !== undefined
      ? order.flatMap((one) => given.filter(([value]) => value === one))
      : given.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const shown = inOrder.slice(0, order?.length ?? rowsShown);
  return (
    <div>
      <h3 className="meta">{titles[dimension]}</h3>
      <ul className="list" aria-label={titles[dimension]}>
        {shown.map(([value, share]) => (
          <li key={value} className="vt-bar">
            <span>{valueWords(dimension, value)}</span>
            <span className="vt-bar-line" aria-hidden="true">
              <span style={{ inlineSize: `${share * 100}%` }} />
            </span>
            <Figure
              label={`${titles[dimension]}, ${valueWords(dimension, value)}`}
              isEstimated
              value={formatShare(share)}
              meaning={meaningOf(audience, 'share of the audience, as stated by the source')}
            />
          </li>
        ))}
      </ul>
      {inOrder.length > shown.length && <p className="meta">and {inOrder.length - shown.length} more</p>}
    </div>
  );
}

function valueWords(dimension: string, value: string): string {
  if (dimension === 'country') return names.country.of(value) ?? value;
  if (dimension === 'language') return names.language.of(value) ?? value;
  if (value.endsWith('65-')) return valueWords('', value.replace('65-', '65 and more'));
  return value.charAt(0).toUpperCase() + value.slice(1);
}
