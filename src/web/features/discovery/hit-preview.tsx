import { Button } from '@mantine/core';
import type { Hit } from '#modules/discovery/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatChange, formatCount, formatRank, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { PercentileMark } from '#web/ui/percentile-mark.tsx';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { AddToList } from './add-to-list.tsx';
import { fieldLabel } from './filter-words.ts';
import { CountFigure, EngagementFigure, FollowersFigure } from './hit-figures.tsx';
import { countryName, languageName, nameOf } from './hit-words.ts';

interface Props {
  hit: Hit;
  place: string;
  listNames: ReadonlyMap<string, string>;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}

/** A creator beside the list: figures one can ask, why it was found, and what to do next. */
export function HitPreview({ hit, place, listNames, onClose, onPrevious, onNext }: Props) {
  const { profile } = hit;
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
        <Avatar id={hit.personId} name={nameOf(hit)} size={56} />
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
      {profile !== null && <Figures hit={hit} profile={profile} />}
      <section className="stack discover-why">
        <h3>Why this creator</h3>
        <Reasons hit={hit} />
      </section>
    </SidePanel>
  );
}

function Figures({ hit, profile }: { hit: Hit; profile: NonNullable<Hit['profile']> }) {
  const { peers } = hit;
  const half = profile.growth[5] ?? null;
  return (
    <KeyValues
      items={[
        { term: 'Followers', value: <FollowersFigure profile={profile} /> },
        { term: 'Tier', value: profile.tier },
        { term: 'Engagement', value: <EngagementFigure profile={profile} unit="of followers" /> },
        {
          term: 'Against peers',
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
        { term: 'Growth', value: half === null ? null : `${formatChange(half)} in 6 months` },
        {
          term: 'Likes a post',
          value: (
            <CountFigure
              profile={profile}
              field="avgLikes"
              label="Average likes"
              formula="Likes per post, over the posts known"
            />
          ),
        },
        {
          term: 'Comments a post',
          value: (
            <CountFigure
              profile={profile}
              field="avgComments"
              label="Average comments"
              formula="Comments per post, over the posts known"
            />
          ),
        },
        {
          term: 'Views a post',
          value: (
            <CountFigure
              profile={profile}
              field="avgViews"
              label="Average views"
              formula="Views per post, over the posts known"
            />
          ),
        },
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
