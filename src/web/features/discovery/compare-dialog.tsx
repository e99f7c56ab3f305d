import { Modal } from '@mantine/core';
import { IconTrophy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Hit } from '#modules/discovery/api.ts';
import { usePicture } from '#web/api/use-picture.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatChange, formatRank } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import {
  type Averaging,
  EngagementFigure,
  FollowersFigure,
  mediansOf,
  medianWords,
  PerPostFigure,
} from './hit-figures.tsx';
import { countryName, nameOf } from './hit-words.ts';
import { useDetails } from './use-details.ts';

export const compareMax = 10;

interface Line {
  title: string;
  cell: (hit: Hit, averaging: Averaging) => ReactNode | null;
  /** What is compared; more is better. Without it nobody is best. */
  rank?: (hit: Hit, averaging: Averaging) => number | null;
}

const lines: Line[] = [
  {
    title: 'Followers',
    cell: ({ profile }) => profile && <FollowersFigure profile={profile} />,
    rank: (hit) => hit.profile?.followers ?? null,
  },
  { title: 'Tier', cell: (hit) => hit.profile?.tier ?? null },
  {
    title: 'Engagement',
    cell: ({ profile }, averaging) => profile && <EngagementFigure profile={profile} averaging={averaging} />,
    rank: (hit, averaging) => perPost(hit, averaging, 'engagementRate'),
  },
  {
    title: 'Against peers',
    cell: (hit) => (hit.peers === null ? null : `${formatRank(Math.round(hit.peers.percentile))} of ${hit.peers.n}`),
    rank: (hit) => hit.peers?.percentile ?? null,
  },
  {
    title: 'Growth, 6 months',
    cell: (hit) => (hit.profile?.growth[5] == null ? null : formatChange(hit.profile.growth[5])),
    rank: (hit) => hit.profile?.growth[5] ?? null,
  },
  {
    title: 'Likes a post',
    cell: ({ profile }, averaging) => profile && <PerPostFigure profile={profile} of="likes" averaging={averaging} />,
    rank: (hit, averaging) => perPost(hit, averaging, 'likes'),
  },
  {
    title: 'Comments a post',
    cell: ({ profile }, averaging) =>
      profile && <PerPostFigure profile={profile} of="comments" averaging={averaging} />,
    rank: (hit, averaging) => perPost(hit, averaging, 'comments'),
  },
  {
    title: 'Last post',
    cell: (hit) => (hit.profile?.lastPostAt ? formatWhen(hit.profile.lastPostAt) : null),
    rank: (hit) => (hit.profile?.lastPostAt ? Date.parse(hit.profile.lastPostAt) : null),
  },
  { title: 'Niche', cell: (hit) => hit.niches.join(', ') || hit.profile?.category || null },
  { title: 'Country', cell: (hit) => (hit.country === null ? null : countryName(hit.country)) },
  { title: 'E-mail', cell: (hit) => (hit.hasEmail ? 'known' : 'none') },
];

function perPost(hit: Hit, averaging: Averaging, what: 'engagementRate' | 'likes' | 'comments'): number | null {
  if (hit.profile === null) return null;
  const medians = mediansOf(hit.profile, averaging);
  if (medians !== null) return medians[what]?.value ?? null;
  if (what === 'engagementRate') return hit.profile.engagementRate;
  return what === 'likes' ? hit.profile.avgLikes : hit.profile.avgComments;
}

interface Props {
  hits: readonly Hit[];
  calculation?: Averaging['calculation'];
  onClose: () => void;
}

/** Up to ten creators side by side; the best of each row is marked where more is better and at least two are known. */
export function CompareDialog({ hits, calculation = 'average', onClose }: Props) {
  const details = useDetails(hits);
  const pictureOf = usePicture();
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${hits.length} creators side by side`}
      size="auto"
      classNames={{ content: 'discover-compare' }}
    >
      {calculation === 'median' && (
        <p className="meta">Engagement, likes and comments: {medianWords}. Peers are compared by averages.</p>
      )}
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">
                <span className="vh">Figure</span>
              </th>
              {hits.map((hit) => (
                <th key={hit.personId} scope="col">
                  <AppLink to="/creators/$personId" params={{ personId: hit.personId }} className="who">
                    <Avatar id={hit.personId} name={nameOf(hit)} size={32} picture={pictureOf(hit.facts)} />
                    <span>
                      <b className="block">{nameOf(hit)}</b>
                      <span className="meta">@{hit.profile?.handle ?? 'no profile'}</span>
                    </span>
                  </AppLink>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <CompareLine
                key={line.title}
                line={line}
                hits={hits}
                averagingOf={(hit) => ({ calculation, details: details.get(hit.personId) })}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  );
}

interface LineProps {
  line: Line;
  hits: readonly Hit[];
  averagingOf: (hit: Hit) => Averaging;
}

function CompareLine({ line, hits, averagingOf }: LineProps) {
  const ranks = hits.map((hit) => line.rank?.(hit, averagingOf(hit)) ?? null);
  const known = ranks.filter((rank): rank is number => rank !== null);
  const best = known.length > 1 && new Set(known).size > 1 ? Math.max(...known) : null;
  return (
    <tr>
      <th scope="row">{line.title}</th>
      {hits.map((hit, at) => (
        <td key={hit.personId} className={best !== null && ranks[at] === best ? 'best' : undefined}>
          {line.cell(hit, averagingOf(hit)) ?? <span className="ink-3">not known</span>}
          {best !== null && ranks[at] === best && <IconTrophy className="i i-14" aria-label="best of these" />}
        </td>
      ))}
    </tr>
  );
}
