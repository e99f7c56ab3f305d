import { formatDate } from '#web/ui/format-when.ts';
import type { LineChartProps, LineEvent, LinePoint } from '#web/ui/line-parts.ts';
import { percentOn } from '#web/ui/mark-style.ts';
import { niceScale } from '#web/ui/plot-scale.ts';
import { toPath } from '#web/ui/spark.tsx';

const timeOf = (at: string) => new Date(at).getTime();

/** The drawing: shapes in a stretched svg (0 to 100 both ways), every word in HTML above it. */
export function LinePlot({
  label,
  points,
  format,
  band = [],
  compare,
  events = [],
  fromZero = false,
  height = 180,
}: LineChartProps) {
  const times = [...points, ...band, ...(compare?.points ?? [])].map((point) => timeOf(point.at));
  const first = Math.min(...times);
  const last = Math.max(...times);
  const numbers = [...points, ...(compare?.points ?? [])].flatMap((point) => point.value ?? []);
  const scale = niceScale([...numbers, ...band.flatMap(({ low, high }) => [low, high])], { fromZero });
  const x = (at: string) => percentOn(timeOf(at), first, last);
  const y = (value: number) => 100 - percentOn(value, scale.low, scale.high);
  const place = (point: LinePoint) => (point.value === null ? null : { x: x(point.at), y: y(point.value) });
  const end = points.findLast((point) => point.value !== null);
  const outline = [
    ...band.map(({ at, high }) => ({ x: x(at), y: y(high) })),
    ...band.toReversed().map(({ at, low }) => ({ x: x(at), y: y(low) })),
  ];
  return (
    <div className="plot-box">
      <div className="plot" style={{ height }}>
        {scale.ticks.map((tick) => (
          <div key={tick}>
            <span className={tick === 0 ? 'gl zero' : 'gl'} style={{ top: `${y(tick)}%` }} />
            <span className="yt" style={{ bottom: `${100 - y(tick)}%` }}>
              {format(tick)}
            </span>
          </div>
        ))}
        <svg
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          role="img"
          aria-label={`${label}. ${summaryOf(points, format)}`}
        >
          {outline.length > 2 && <path className="f-band" d={`${toPath(outline)}Z`} />}
          {compare && <path className="l-soft" d={toPath(compare.points.map(place))} />}
          <path className="l-accent" d={toPath(points.map(place))} />
        </svg>
        {events.map((event) => (
          <EventMark
            key={`${event.at} ${event.title}`}
            event={event}
            left={x(event.at)}
            top={y(valueNear(points, event.at) ?? scale.low)}
          />
        ))}
        {end && end.value !== null && <EndMark left={x(end.at)} top={y(end.value)} text={format(end.value)} />}
        <span className="xt first" style={{ left: 0 }}>
          {formatDate(new Date(first).toISOString())}
        </span>
        <span className="xt last" style={{ left: '100%' }}>
          {formatDate(new Date(last).toISOString())}
        </span>
      </div>
      {compare && <p className="meta plot-note">dashed: {compare.label}</p>}
    </div>
  );
}

function EndMark({ left, top, text }: { left: number; top: number; text: string }) {
  const isAtEdge = left > 80;
  return (
    <>
      <span className="pt" style={{ left: `${left}%`, top: `${top}%` }} />
      <span
        className={isAtEdge ? 'tx end-out' : 'tx'}
        style={{ left: `calc(${left}% + 10px)`, top: `calc(${top}% - 8px)` }}
      >
        <b className="accent">{text}</b>
      </span>
    </>
  );
}

function EventMark({ event, left, top }: { event: LineEvent; left: number; top: number }) {
  const { side, shift } = placeOf(event, left, top);
  const look = event.isOdd ? 'pt warn' : 'pt ring';
  const at = { left: `${left}%`, top: `${top}%` };
  return (
    <>
      {event.onOpen === undefined ? (
        <span className={look} style={at} />
      ) : (
        <button
          type="button"
          className="pt-open"
          style={at}
          aria-label={[event.title, event.note].filter(Boolean).join(', ')}
          onClick={event.onOpen}
        >
          <span className={look} />
        </button>
      )}
      {!event.isMarkOnly && (
        <span className={`tx ${side}`} style={{ left: `${left}%`, top: `calc(${top}% + ${shift}px)` }}>
          <b>{event.title}</b>
          {event.note}
        </span>
      )}
    </>
  );
}

/** Beside which part of its mark the words stand, and by how many pixels lower they begin. */
function placeOf({ rises }: LineEvent, left: number, top: number): { side: string; shift: number } {
  const isFarRight = left > 62;
  // Left of a step up, and at its height, the line has not been yet; right of it and below, it will not come again.
  if (rises === true)
    return isFarRight ? { side: 'evt left away', shift: -16 } : { side: 'evt right beside', shift: 10 };
  if (rises === false) return isFarRight ? { side: 'evt left', shift: 10 } : { side: 'evt right beside', shift: -42 };
  const side = left > 70 ? 'evt left' : left < 18 ? 'evt right' : 'evt mid';
  return { side, shift: top < 45 ? 12 : -46 };
}

/** The last known value at or before a time, to sit an event on the line. */
function valueNear(points: readonly LinePoint[], at: string): number | null {
  const time = timeOf(at);
  return (
    points.findLast((point) => point.value !== null && timeOf(point.at) <= time)?.value ??
    points.find((point) => point.value !== null)?.value ??
    null
  );
}

function summaryOf(points: readonly LinePoint[], format: (value: number) => string): string {
  const known = points.flatMap((point) => (point.value === null ? [] : [{ at: point.at, value: point.value }]));
  const start = known.at(0);
  const end = known.at(-1);
  if (!start || !end) return 'No values.';
  return `From ${format(start.value)} on ${formatDate(start.at)} to ${format(end.value)} on ${formatDate(end.at)}.`;
}
