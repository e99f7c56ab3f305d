export interface LinePoint {
  /** ISO date or time. */
  at: string;
  /** null is a gap. */
  value: number | null;
}

export interface LineBand {
  at: string;
  low: number;
  high: number;
}

export interface LineEvent {
  at: string;
  title: string;
  note?: string;
  /** Amber ring: nobody knows why. */
  isOdd?: boolean;
  /** The line steps up (or down) here: the words stand where it does not run. */
  rises?: boolean;
  /** Only the mark; its words are read out and shown where it leads. */
  isMarkOnly?: boolean;
  /** Makes the mark a button. */
  onOpen?: () => void;
}

export interface LineChartProps {
  /** What and how often, with its unit: "Followers, weekly". */
  label: string;
  points: readonly LinePoint[];
  format: (value: number) => string;
  band?: readonly LineBand[];
  /** A second, dashed line: the plan, the peers. */
  compare?: { label: string; points: readonly LinePoint[] };
  events?: readonly LineEvent[];
  /** Lines need not begin at zero; counts that can be little should. */
  fromZero?: boolean;
  height?: number;
}
