import { type PointerEvent, useRef } from 'react';
import './signature-pad.css';

/** Lines of points between 0 and 1000 in both directions, whatever the size of the box. */
export type Strokes = [number, number][][];

const height = 345;
const strokesMax = 200;
const pointsMax = 600;

/** A box to draw a name in with finger, pen or mouse. Whoever cannot draw types the name instead. */
export function SignaturePad({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Strokes;
  onChange: (strokes: Strokes) => void;
}) {
  const isDrawing = useRef(false);
  const pointOf = (event: PointerEvent<SVGSVGElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (at: number, from: number, size: number) =>
      Math.min(1000, Math.max(0, Math.round(((at - from) / size) * 1000)));
    return [share(event.clientX, box.left, box.width), share(event.clientY, box.top, box.height)];
  };
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    if (value.length >= strokesMax) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    isDrawing.current = true;
    onChange([...value, [pointOf(event)]]);
  };
  const go = (event: PointerEvent<SVGSVGElement>) => {
    const last = value.at(-1);
    if (!isDrawing.current || last === undefined || last.length >= pointsMax) return;
    onChange([...value.slice(0, -1), [...last, pointOf(event)]]);
  };
  const end = () => {
    isDrawing.current = false;
  };
  return (
    <svg
      className="sig-pad"
      viewBox={`0 0 1000 ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <Lines strokes={value} />
    </svg>
  );
}

/** A name that was drawn. */
export function DrawnName({ name, strokes }: { name: string; strokes: Strokes }) {
  return (
    <svg
      className="sig-shown"
      viewBox={`0 0 1000 ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Drawn signature of ${name}`}
    >
      <Lines strokes={strokes} />
    </svg>
  );
}

function Lines({ strokes }: { strokes: Strokes }) {
  const path = strokes
    .map((stroke) => stroke.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x} ${(y * height) / 1000}`).join(' '))
    .join(' ');
  return path === '' ? null : <path d={path} />;
}
