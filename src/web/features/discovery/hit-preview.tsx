import { Button } from '@mantine/core';
import type { Filter, Hit, HitDetails, MatchRow } from '#modules/discovery/api.ts';
import { usePicture } from '#web/api/use-picture.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatChange, formatCount, formatRank, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { PercentileMark } from '#web/ui/percentile-mark.tsx';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { AddToList } from './add-to-list.tsx';
import { audienceMatch } from './audience-match.ts';
import { fieldLabel } from './filter-words.ts';
import { type Averaging, CountFigure, EngagementFigure, FollowersFigure, PerPostFigure } from './hit-figures.tsx';
import { countryName, languageName, nameOf } from './hit-words.ts';
import { PriceFigure, priceOf } from './price-figure.tsx';
import { ScoreFigure, ScoreSum } from './score-figure.tsx';

interface Props {
  hit: Hit;
  details: HitDetails | undefined;
  audience: Filter | null;
  price: { currency: string; format?: string | undefined };
  calculation: Averaging['calculation'];
  /** The creator's row where a brief is matched. */
  score: { row: MatchRow; method: string } | null;
  /** Looks for others like this one. */
  onLike: (what: 'like' | 'audienceLike') => void;
  place: string;
  listNames: ReadonlyMap<string, string>;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}

/** A creator beside the list: figures one can ask, why it was found, and what to do next. */
export function HitPreview(props: Props) {
  const { hit, place, listNames, onClose, onPrevious, onNext, score, onLike } = props;
  const { profile } = hit;
  const pictureOf = usePicture();
  const where = [hit.city, hit.country === null ? null : countryName(hit.country)]
    .filter((part) => part !== null)
    .join(', ');
  const speaks = hit.languages.map(languageName).join(', ');
  return (
    <SidePanel
      label={nameOf(hit)}
      place={place}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      actions={
        <>
          <AddToList personIds={[hit.personId]} isPrimary />
          <AppLink to="/creators/$personId" params={{ personId: hit.personId }} className="discover-open">
            <Button component="span">Open</Button>
          </AppLink>
        </>
      }
    >
      <div className="discover-face">
        <Avatar id={hit.personId} name={nameOf(hit)} size={56} picture={pictureOf(hit.facts)} />
        <div>
          <h2>{nameOf(hit)}</h2>
          <p className="meta">
            {[where, speaks].filter((part) => part !== '').join(' · ') || 'Place and language not known'}
          </p>
          <p className="meta">{profile === null ? 'No profile' : `@${profile.handle} on ${profile.platform}`}</p>
        </div>
      </div>
      {profile?.bio && <p className="discover-bio">{profile.bio}</p>}
      {(hit.lists.length > 0 || hit.tags.length > 0) && (
        <div className="chips">
          {hit.lists.map((id) => (
            <Tag key={id} tone="accent">
              {listNames.get(id) ?? 'a list'}
            </Tag>
          ))}
          {hit.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </div>
      )}
      {profile !== null && <Figures {...props} profile={profile} />}
      {score !== null && (
        <section className="stack discover-why">
          <h3>Why this score</h3>
          <ScoreSum row={score.row} />
        </section>
      )}
      <section className="stack discover-why">
        <h3>Why this creator</h3>
        <Reasons hit={hit} />
      </section>
      <div className="row">
        <Button size="compact-md" onClick={() => onLike('like')}>
          Find similar content
        </Button>
        <Button size="compact-md" onClick={() => onLike('audienceLike')}>
          Find similar audience
        </Button>
      </div>
    </SidePanel>
  );
}

function Figures({
  hit,
  profile,
  details,
  audience,
  price,
  score,
  calculation,
}: Props & { profile: NonNullable<Hit['profile']> }) {
  const match = audience === null ? null : audienceMatch(audience, hit, details);
  const { peers } = hit;
  const averaging = { calculation, details };
  const half = profile.growth[5] ?? null;
  return (
    <KeyValues
      items={[
        ...(score === null
          ? []
          : [{ term: 'Score', value: <ScoreFigure row={score.row} method={score.method} isLong /> }]),
        { term: 'Followers', value: <FollowersFigure profile={profile} /> },
        { term: 'Tier', value: profile.tier },
        { term: 'Engagement', value: <EngagementFigure profile={profile} unit="of followers" averaging={averaging} /> },
        {
          term: calculation === 'median' ? 'Peers, by average' : 'Against peers',
          value:
            peers === null ? (
              <span className="ink-3">not enough data</span>
            ) : (
              <div
                className="discover-peers"
                title={`Middle half of ${formatCount(peers.n)} ${peers.tier} creators on ${peers.platform}: ${formatShare(peers.low)} to ${formatShare(peers.high)}, median ${formatShare(peers.median)}`}
              >
                <PercentileMark
                  percentile={peers.percentile}
                  peers={`${formatCount(peers.n)} ${peers.tier} creators on ${peers.platform}`}
                />
                <b>{formatRank(Math.round(peers.percentile))}</b>
                <span className="meta">of {formatCount(peers.n)}</span>
              </div>
            ),
        },
        ...(match === null
          ? []
          : [
              {
                term: 'Audience match',
                value: `${formatShare(match.share)} ${match.n === null ? 'sample size not stated' : `of ${formatCount(match.n)} sampled`}`,
              },
            ]),
        { term: 'Price', value: <PriceFigure price={priceOf(details, price)} /> },
        { term: 'Growth', value: half === null ? null : `${formatChange(half)} in 6 months` },
        { term: 'Likes a post', value: <PerPostFigure profile={profile} of="likes" averaging={averaging} /> },
        { term: 'Comments a post', value: <PerPostFigure profile={profile} of="comments" averaging={averaging} /> },
        { term: 'Views a post', value: <PerPostFigure profile={profile} of="views" averaging={averaging} /> },
        {
          term: 'Posts',
          value: (
            <CountFigure
              profile={profile}
              field="posts"
              label="Posts"
              formula="Posts of the profile, as its source states them"
            />
          ),
        },
        { term: 'Last post', value: profile.lastPostAt === null ? null : formatDate(profile.lastPostAt) },
        { term: 'Niche', value: hit.niches.join(', ') || profile.category },
      ]}
    />
  );
}

function Reasons({ hit }: { hit: Hit }) {
  if (hit.why.reasons.length === 0) return <p className="meta">Nothing was asked for: every creator is shown.</p>;
  return (
    <ul className="discover-reasons">
      {hit.why.reasons.map((reason) => (
        <li key={`${reason.kind} ${reason.what} ${reason.where}`}>
          <span>{reason.kind === 'text' ? `“${reason.value}”` : reason.value}</span>
          <span className="meta">
            {reason.kind === 'filter'
              ? fieldLabel(reason.where)
              : reason.of !== null && reason.where === 'captions'
                ? `${reason.count} of ${reason.of} captions`
                : reason.where}
          </span>
        </li>
      ))}
    </ul>
  );
}
