import { IconMessage } from '@tabler/icons-react';
import type { ListMember, Vote } from '#modules/discovery/api.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { EngagementFigure, FollowersFigure } from './hit-figures.tsx';
import { countryName } from './hit-words.ts';
import { VoteButtons } from './vote-buttons.tsx';

const none = <span className="ink-3">–</span>;

export interface MemberActions {
  /** Whose vote is the reader's own. */
  userId: string | null;
  /** Null where one may only look. */
  onNote: ((member: ListMember) => void) | null;
  onVote: ((member: ListMember, vote: Vote | null) => void) | null;
  onComments: (member: ListMember) => void;
}

/** Columns of a list; without a way to write notes or votes they are only shown. */
export function memberColumns({ userId, onNote, onVote, onComments }: MemberActions): TableColumn<ListMember>[] {
  return [
    { id: 'name', header: 'Creator', cell: (member) => <Who member={member} /> },
    {
      id: 'followers',
      header: 'Followers',
      width: 100,
      align: 'end',
      cell: ({ hit }) => (hit?.profile ? <FollowersFigure profile={hit.profile} /> : none),
    },
    {
      id: 'engagement',
      header: 'Engagement',
      width: 110,
      align: 'end',
      from: 680,
      cell: ({ hit }) => (hit?.profile ? <EngagementFigure profile={hit.profile} /> : none),
    },
    {
      id: 'country',
      header: 'Country',
      width: 120,
      from: 1240,
      cell: ({ hit }) => (hit?.country ? <span className="clip block">{countryName(hit.country)}</span> : none),
    },
    {
      id: 'votes',
      header: 'Votes',
      width: 148,
      from: 680,
      cell: (member) => (
        <VoteButtons
          about={member.name ?? 'this creator'}
          own={member.votes.find((vote) => vote.voterKind === 'member' && vote.voterId === userId)?.vote ?? null}
          counts={countVotes(member)}
          onVote={onVote === null ? null : (next) => onVote(member, next)}
        />
      ),
    },
    {
      id: 'comments',
      header: 'Said',
      width: 72,
      from: 680,
      cell: (member) => (
        <button
          type="button"
          className="list-said"
          aria-label={`${formatPlural(member.comments, 'comment')} on ${member.name ?? 'this creator'}`}
          onClick={() => onComments(member)}
        >
          <IconMessage size={15} stroke={1.7} aria-hidden /> {member.comments}
        </button>
      ),
    },
    { id: 'note', header: 'Note', width: 260, from: 900, cell: (member) => <Note member={member} onNote={onNote} /> },
    {
      id: 'added',
      header: 'Added',
      width: 120,
      align: 'end',
      from: 1240,
      cell: (member) => <span title={`by ${member.addedBy}`}>{formatWhen(member.addedAt)}</span>,
    },
  ];
}

function countVotes(member: ListMember): Record<Vote, number> {
  const counts = { yes: 0, maybe: 0, no: 0 };
  for (const { vote } of member.votes) counts[vote] += 1;
  return counts;
}

function Who({ member }: { member: ListMember }) {
  const name = member.name ?? 'Creator without a name';
  return (
    <div className="who">
      <Avatar id={member.personId} name={name} size={32} />
      <div>
        <b className="clip">{name}</b>
        <span className="meta clip">{member.hit?.profile ? `@${member.hit.profile.handle}` : 'no profile'}</span>
      </div>
    </div>
  );
}

function Note({ member, onNote }: { member: ListMember; onNote: ((member: ListMember) => void) | null }) {
  if (onNote === null) return <span className="clip block">{member.note ?? none}</span>;
  return (
    <button type="button" className="list-note clip" onClick={() => onNote(member)}>
      {member.note ?? <span className="ink-3">Add a note</span>}
    </button>
  );
}
