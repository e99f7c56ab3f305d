import type { Campaign, Enrolment } from '#modules/campaigns/api.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { Board } from '#web/ui/board.tsx';
import { formatMoney } from '#web/ui/format-money.ts';

interface Props {
  campaign: Campaign;
  rows: readonly Enrolment[];
  /** Lanes of cards that were dropped and not confirmed yet. */
  moves: Readonly<Record<string, string>>;
  onOpen: (id: string) => void;
  onMove: ((row: Enrolment, stage: string) => void) | null;
}

const classOf = { us: 'us', creator: 'them', late: 'late', nobody: 'ok' } as const;

/** A lane a stage; each card says what holds the creator up and for how long. */
export function RosterBoard({ campaign, rows, moves, onOpen, onMove }: Props) {
  return (
    <>
      <Board
        label="Roster by stage"
        lanes={campaign.stages.map((stage) => ({ id: stage.name, title: stage.label }))}
        cards={rows}
        cardId={(row) => row.id}
        cardName={(row) => row.person.name}
        laneOf={(row) => moves[row.id] ?? row.stage}
        draw={(row) => <Card row={row} onOpen={onOpen} />}
        {...(onMove === null ? {} : { onMove })}
      />
      <p className="meta camp-key">
        <span>
          <i className="us" /> waits for you
        </span>
        <span>
          <i className="them" /> waits for the creator
        </span>
        <span>
          <i className="late" /> late
        </span>
        <span>
          <i className="ok" /> on time
        </span>
      </p>
    </>
  );
}

function Card({ row, onOpen }: { row: Enrolment; onOpen: (id: string) => void }) {
  const { blocking } = row;
  const isSettled = blocking.who === 'nobody';
  return (
    <>
      <div className="row">
        <Avatar id={row.person.id} name={row.person.name} size={20} />
        <button type="button" className="camp-open clip" onClick={() => onOpen(row.id)}>
          {row.person.name}
        </button>
      </div>
      <div className="meta camp-fee">{sayFee(row)}</div>
      <div className={`blk ${classOf[blocking.who]}`}>
        <i aria-hidden="true" />
        <span className="clip" title={blocking.what}>
          <span className="vh">{sayWho[blocking.who]}: </span>
          {blocking.what}
        </span>
        {!isSettled && <span className="age">{blocking.days === 0 ? 'today' : `${blocking.days} d`}</span>}
      </div>
    </>
  );
}

const sayWho = { us: 'Waits for you', creator: 'Waits for the creator', late: 'Late', nobody: 'On time' } as const;

/** The fee, else goods, else that nothing is known. */
export function sayFee(row: Enrolment): string {
  if (row.fee !== null)
    return `${formatMoney(row.fee, { short: true })}${row.feeState === 'paid' ? ' paid' : row.feeState === 'proposed' ? ' offered' : ''}`;
  if (row.productCost !== null) return `goods ${formatMoney(row.productCost, { short: true })}`;
  return 'no fee entered';
}
