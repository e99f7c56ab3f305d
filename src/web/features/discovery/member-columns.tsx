import type { ListMember } from '#modules/discovery/api.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { EngagementFigure, FollowersFigure } from './hit-figures.tsx';
import { countryName } from './hit-words.ts';

const none = <span className="ink-3">–</span>;

/** Columns of a list; without a way to write notes they are only shown. */
export function memberColumns(onNote: ((member: ListMember) => void) | null): TableColumn<ListMember>[] {
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
      width: 140,
      from: 900,
      cell: ({ hit }) => (hit?.country ? <span className="clip block">{countryName(hit.country)}</span> : none),
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
