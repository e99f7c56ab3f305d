import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Avatar } from '#web/ui/avatar.tsx';

interface Props {
  /** Nothing is drawn at 0. */
  count: number;
  /** "3 to compare", "12 chosen" */
  title: string;
  note?: ReactNode;
  /** Shown as a few overlapping faces. */
  faces?: readonly { id: string; name: string; picture?: string | null }[];
  onClear: () => void;
  /** Buttons for what can be done with all of them. */
  children: ReactNode;
}

/** Floats below a list while rows are chosen: acts on them, or carries them to a comparison. */
export function BulkBar({ count, title, note, faces = [], onClear, children }: Props) {
  return (
    <div role="status" className={count === 0 ? 'vh' : undefined}>
      {count > 0 && (
        <div className="tray">
          {faces.length > 0 && (
            <div className="avs">
              {faces.slice(0, 4).map((face) => (
                <Avatar key={face.id} id={face.id} name={face.name} size={28} picture={face.picture ?? null} />
              ))}
            </div>
          )}
          <div>
            <b>{title}</b>
            {note && <span className="meta block">{note}</span>}
          </div>
          <div className="acts">
            <Button variant="subtle" color="gray" onClick={onClear}>
              Clear
            </Button>
            {children}
          </div>
        </div>
      )}
    </div>
  );
}
