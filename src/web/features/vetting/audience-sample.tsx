import { Button } from '@mantine/core';
import { IconTrash, IconUpload } from '@tabler/icons-react';
import type { AudienceSample, Report } from '#modules/vetting/api.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { VerdictTag } from '#web/ui/verdict-tag.tsx';
import { type AudienceKind, audienceNouns, audienceTitles, sampleNote, shareMeaning } from './audience-words.ts';
import { NotableList } from './notable-list.tsx';
import { ShareRow } from './share-row.tsx';
import { SuspiciousList } from './suspicious-list.tsx';

type PlainShares = NonNullable<Report['audience']>['shares'];

interface Props {
  kind: AudienceKind;
  handle: string;
  sample: AudienceSample | null;
  /** Shares that need no model: never posted, no picture, private. */
  plain: PlainShares;
  /** Null when one may not. */
  onAdd: (() => void) | null;
  onRemove: (() => void) | null;
}

/** What a sample of followers, likers or commenters shows, in every state it can be in. */
export function AudienceSampleSection({ kind, handle, sample, plain, onAdd, onRemove }: Props) {
  const { many } = audienceNouns[kind];
  const acts = (
    <span className="vt-acts">
      {sample !== null && onRemove !== null && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={onRemove}
        >
          Remove
        </Button>
      )}
      {onAdd !== null && (
        <Button size="compact-sm" leftSection={<IconUpload size={14} aria-hidden />} onClick={onAdd}>
          {sample === null ? 'Add a sample' : 'Newer sample'}
        </Button>
      )}
    </span>
  );
  if (sample === null)
    return (
      <Section title={audienceTitles[kind]} end={acts}>
        <p className="meta vt-empty">
          Not known: no sample of {many} is stored for @{handle}. From a file with one account a row, shares of real,
          mass-following and suspicious accounts show here with their intervals.
        </p>
      </Section>
    );
  return (
    <Section title={audienceTitles[kind]} note={sampleNote(sample)} end={acts}>
      <State sample={sample} />
      <div className="vt-two">
        <div>
          <Types sample={sample} />
          <Bands sample={sample} />
        </div>
        <div>
          <Reachability sample={sample} />
          <Plain sample={sample} shares={plain} />
          <Missing sample={sample} />
        </div>
      </div>
      <SuspiciousList sample={sample} />
      <NotableList sample={sample} />
    </Section>
  );
}

function State({ sample }: { sample: AudienceSample }) {
  switch (sample.state) {
    case 'estimated':
      return null;
    case 'uncalibrated':
      return (
        <p className="vt-state">
          <Tag tone="warn">uncalibrated</Tag> {sample.text}
        </p>
      );
    case 'too_small':
      return (
        <p className="vt-state">
          <Tag>not enough data</Tag> {sample.text}
        </p>
      );
    case 'unknown':
      return (
        <p className="vt-state">
          <Tag>not known</Tag> {sample.text}
        </p>
      );
  }
}

const types = [
  {
    name: 'real',
    title: 'Real people',
    formula:
      'accounts that are neither suspicious, influencers nor mass followers, each as far as it is not suspicious',
  },
  {
    name: 'influencer',
    title: 'Influencers',
    formula:
      '100,000 followers and more, or 5,000 and more and twice as many as it follows (trendHERO), as far as not suspicious',
  },
  {
    name: 'massFollower',
    title: 'Mass followers',
    formula: 'follow more than 1,500 accounts (HypeAuditor), as far as not suspicious',
  },
  {
    name: 'suspicious',
    title: 'Suspicious',
    formula:
      'adjusted count: the share that makes the scores of this sample likely, given how labelled accounts scored',
  },
] as const;

function Types({ sample }: { sample: AudienceSample }) {
  const { shares } = sample;
  if (shares === null) return null;
  return (
    <>
      <h3 className="vt-h3">
        Who they are <span className="meta">{Math.round(sample.coverage * 100)} % interval</span>
      </h3>
      <ul className="list" aria-label="Kinds of accounts">
        {types.map(({ name, title, formula }) => {
          const share = shares[name];
          if (share === null)
            return (
              <li key={name} className="vt-share">
                <span>{title}</span>
                <span className="meta">not known: followers or followed accounts are missing</span>
              </li>
            );
          return (
            <ShareRow
              key={name}
              title={title}
              share={share}
              coverage={sample.coverage}
              isEstimated={sample.state === 'uncalibrated'}
              meaning={shareMeaning(sample, formula)}
            />
          );
        })}
      </ul>
    </>
  );
}

/** Where the shares stand against what others publish. */
function Bands({ sample }: { sample: AudienceSample }) {
  if (sample.bands.length === 0) return null;
  return (
    <>
      <h3 className="vt-h3">Against published limits</h3>
      <ul className="list" aria-label="Published limits">
        {sample.bands.map((band) => (
          <li key={`${band.source} ${band.text}`}>
            <span className="vt-what">
              {band.text}
              <span className="meta">{band.source}</span>
            </span>
            <BandState isMet={band.isMet} isWeak={band.weight === 'weak'} />
          </li>
        ))}
      </ul>
    </>
  );
}

function BandState({ isMet, isWeak }: { isMet: boolean | null; isWeak: boolean }) {
  if (isMet === null) return <VerdictTag verdict="unknown">within the interval</VerdictTag>;
  if (isMet) return <VerdictTag verdict="yes">met</VerdictTag>;
  return <VerdictTag verdict={isWeak ? 'caution' : 'no'}>not met</VerdictTag>;
}

function Reachability({ sample }: { sample: AudienceSample }) {
  const { reachability } = sample;
  if (reachability === null) return null;
  return (
    <>
      <h3 className="vt-h3">
        Reachability{' '}
        <span className="meta">by how many accounts they follow, {formatPlural(reachability.n, 'account')}</span>
      </h3>
      <ul className="list" aria-label="Reachability">
        {reachability.bins.map((bin) => (
          <ShareRow
            key={bin.title}
            title={bin.title}
            share={bin.share}
            coverage={reachability.coverage}
            meaning={{
              formula:
                'accounts of the sample in this class / accounts whose followed accounts are known (Wilson interval)',
              source: sample.source,
              n: formatPlural(reachability.n, 'account'),
              asOf: sample.takenAt,
            }}
          />
        ))}
      </ul>
    </>
  );
}

/** What can be counted without a model. */
function Plain({ sample, shares }: { sample: AudienceSample; shares: PlainShares }) {
  // How many they follow stands above, in classes.
  const counted = shares.filter((share) => !share.title.startsWith('Follow more'));
  if (counted.length === 0) return null;
  return (
    <>
      <h3 className="vt-h3">As they stand</h3>
      <ul className="list" aria-label="As they stand">
        {counted.map(({ title, count, n, interval }) => {
          const share = count / n;
          return (
            <ShareRow
              key={title}
              title={title}
              share={{ share, low: interval?.low ?? share, high: interval?.high ?? share }}
              coverage={interval?.coverage ?? 0.95}
              meaning={{
                formula: 'accounts of the sample for which it holds / accounts where it is known (Wilson interval)',
                source: sample.source,
                n: formatPlural(n, 'account'),
                asOf: sample.takenAt,
              }}
            />
          );
        })}
      </ul>
    </>
  );
}

/** Facts whose lack was measured. */
const widening = new Set(['hasPicture', 'posts', 'followers', 'following', 'nameDigitShare']);

function Missing({ sample }: { sample: AudienceSample }) {
  const left = sample.size - sample.judged;
  if (sample.missing.length === 0 && left === 0) return null;
  const parts = sample.missing.map(({ title, accounts }) =>
    accounts === sample.judged ? `${title} of any` : `${title} of ${formatPlural(accounts, 'account')}`,
  );
  const isWider = sample.missing.some(({ fact }) => widening.has(fact));
  return (
    <p className="meta vt-note">
      {left > 0 && `${formatPlural(left, 'account')} left out, of which nothing can be judged. `}
      {parts.length > 0 &&
        `Not known: ${parts.join(', ')}.${isWider ? ' What lacks of picture, posts, followers, followed accounts and user names widens the intervals.' : ''}`}
    </p>
  );
}
