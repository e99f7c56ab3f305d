import { useDraggable, useDroppable } from '@dnd-kit/core';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowsMove } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import type { Lane } from '#web/ui/board-types.ts';

interface CardLook<Card> {
  cardId: (card: Card) => string;
  cardName: (card: Card) => string;
  draw: (card: Card) => ReactNode;
}

interface LaneProps<Card> {
  lane: Lane;
  lanes: readonly Lane[];
  cards: readonly Card[];
  look: CardLook<Card>;
  onMove: ((card: Card, laneId: string) => void) | undefined;
}

/** A lane draws so many cards at first, and so many more each time they are asked for. */
const cardsShown = 8;
const cardsMore = 40;

export function BoardLane<Card>({ lane, lanes, cards, look, onMove }: LaneProps<Card>) {
  const { setNodeRef, isOver } = useDroppable({ id: lane.id });
  const headId = useId();
  const [shownMax, setShownMax] = useState(cardsShown);
  const shown = cards.slice(0, shownMax);
  const more = cards.length - shown.length;
  return (
    <section ref={setNodeRef} className={isOver ? 'lane over' : 'lane'} aria-labelledby={headId}>
      <header>
        <h3 id={headId}>{lane.title}</h3>
        <span className="meta">{cards.length}</span>
      </header>
      <ul>
        {shown.map((card) => (
          <BoardCard
            key={look.cardId(card)}
            id={look.cardId(card)}
            name={look.cardName(card)}
            others={lanes.filter((other) => other.id !== lane.id)}
            onMoveTo={onMove && ((laneId) => onMove(card, laneId))}
          >
            {look.draw(card)}
          </BoardCard>
        ))}
      </ul>
      {more > 0 && (
        <Button
          className="lane-more"
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={() => setShownMax((before) => before + cardsMore)}
        >
          {more} more
        </Button>
      )}
      {cards.length === 0 && <p className="meta lane-empty">none</p>}
    </section>
  );
}

interface CardProps {
  id: string;
  name: string;
  others: readonly Lane[];
  onMoveTo: ((laneId: string) => void) | undefined;
  children: ReactNode;
}

function BoardCard({ id, name, others, onMoveTo, children }: CardProps) {
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({ id, disabled: !onMoveTo });
  return (
    <li
      ref={setNodeRef}
      className={isDragging ? 'bc ghosted' : 'bc'}
      {...(listeners?.onPointerDown ? { onPointerDown: (event) => listeners.onPointerDown?.(event) } : {})}
    >
      {children}
      {onMoveTo && (
        <div className="bc-move">
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon
                size={24}
                aria-label={`Move ${name}`}
                aria-describedby={attributes['aria-describedby']}
                onKeyDown={(event) => event.key === ' ' && listeners?.onKeyDown?.(event)}
              >
                <IconArrowsMove size={14} stroke={1.6} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>Move to</Menu.Label>
              {others.map((lane) => (
                <Menu.Item key={lane.id} onClick={() => onMoveTo(lane.id)}>
                  {lane.title}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
    </li>
  );
}
