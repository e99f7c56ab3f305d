import {
  closestCorners,
  DndContext,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { type ReactNode, useState } from 'react';
import { BoardLane } from '#web/ui/board-lane.tsx';
import type { Lane } from '#web/ui/board-types.ts';

interface Props<Card> {
  label: string;
  lanes: readonly Lane[];
  cards: readonly Card[];
  cardId: (card: Card) => string;
  /** Said while it is moved and in its menu. */
  cardName: (card: Card) => string;
  laneOf: (card: Card) => string;
  draw: (card: Card) => ReactNode;
  /** Without it nothing can be moved. `card` may not be allowed into every lane: the caller says so with a message. */
  onMove?: (card: Card, laneId: string) => void;
}

/** Columns of cards. Move by pointer, by keyboard (Space, arrows, Space), or by the card's "Move to" menu. */
export function Board<Card>(props: Props<Card>) {
  const { label, lanes, cards, cardId, cardName, laneOf, draw, onMove } = props;
  const [movingId, setMovingId] = useState<string | null>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: stepBetweenLanes }),
  );
  const find = (id: unknown) => cards.find((card) => cardId(card) === id);
  const moving = find(movingId);
  const nameOf = (id: unknown) => {
    const card = find(id);
    return card === undefined ? 'Card' : cardName(card);
  };
  const titleOf = (id: unknown) => lanes.find((lane) => lane.id === id)?.title ?? 'no column';
  const announcements = {
    onDragStart: ({ active }: { active: { id: unknown } }) => `${nameOf(active.id)} picked up.`,
    onDragOver: ({ active, over }: { active: { id: unknown }; over: { id: unknown } | null }) =>
      `${nameOf(active.id)} is over ${titleOf(over?.id)}.`,
    onDragEnd: ({ active, over }: { active: { id: unknown }; over: { id: unknown } | null }) =>
      `${nameOf(active.id)} was put into ${titleOf(over?.id)}.`,
    onDragCancel: ({ active }: { active: { id: unknown } }) => `${nameOf(active.id)} stays where it was.`,
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCorners}
      accessibility={{ announcements }}
      onDragStart={({ active }) => setMovingId(String(active.id))}
      onDragCancel={() => setMovingId(null)}
      onDragEnd={({ active, over }) => {
        setMovingId(null);
        const card = find(active.id);
        if (card !== undefined && over && laneOf(card) !== over.id) onMove?.(card, String(over.id));
      }}
    >
      {/* A group, not a landmark: the section around it already is one. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
      <div role="group" className="board" aria-label={label} style={{ '--lanes': lanes.length } as React.CSSProperties}>
        {lanes.map((lane) => (
          <BoardLane
            key={lane.id}
            lane={lane}
            lanes={lanes}
            cards={cards.filter((card) => laneOf(card) === lane.id)}
            look={{ cardId, cardName, draw }}
            onMove={onMove}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {moving === undefined ? null : <div className="bc lifted">{draw(moving)}</div>}
      </DragOverlay>
    </DndContext>
  );
}

const laneStepPx = 200;

/** Left and right go lane by lane; up and down mean nothing between lanes. */
function stepBetweenLanes(
  event: KeyboardEvent,
  { currentCoordinates }: { currentCoordinates: { x: number; y: number } },
) {
  const by = { ArrowRight: laneStepPx, ArrowLeft: -laneStepPx }[event.code];
  if (by === undefined) return undefined;
  event.preventDefault();
  return { ...currentCoordinates, x: currentCoordinates.x + by };
}
