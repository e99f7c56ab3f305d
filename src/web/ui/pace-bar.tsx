import { markStyle, percentOn } from '#web/ui/mark-style.ts';

interface Props {
  /** With the numbers: "312 of 500 orders, 340 expected by today, lands at 461 to 548". */
  label: string;
  done: number;
  goal: number;
  /** Where it should stand today. */
  expected?: number;
  /** Where it lands at the end. */
  forecast?: { low: number; high: number };
}

/** Done, the line for today, the forecast at the end and the goal, on one bar. */
export function PaceBar({ label, done, goal, expected, forecast }: Props) {
  const top = Math.max(goal * 1.16, forecast?.high ?? 0, done);
  const at = (value: number) => percentOn(value, 0, top);
  const places = {
    v: at(done),
    goal: at(goal),
    at: at(expected ?? 0),
    lo: at(forecast?.low ?? 0),
    hi: at(forecast?.high ?? 0),
  };
  return (
    <div className="pace" style={markStyle(places)} role="img" aria-label={label} title={label}>
      {forecast && <u />}
      <i />
      <em />
      {expected !== undefined && <s />}
    </div>
  );
}
