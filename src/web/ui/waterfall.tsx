import type { ReactNode } from 'react';
import { formatDecimal } from '#web/ui/format-number.ts';

export interface WaterfallRow {
  id: string;
  title: string;
  /** The fact behind it: "84 % of 400 sampled followers, peers 76 %". */
  note?: ReactNode;
  /** What it adds or takes; for `base`, where the sum begins. */
  value: number;
  kind: 'base' | 'step';
}

interface Props {
  label: string;
  rows: readonly WaterfallRow[];
  total: { title: string; note?: ReactNode; value: number; low?: number; high?: number };
  /** End of the scale, which begins at 0. */
  max: number;
  /** Opens the evidence of a row. */
  onOpen?: (id: string) => void;
}

const signed = (value: number) => {
  const text = formatDecimal(Math.abs(value), Number.isInteger(value) ? 0 : 1);
  return value < 0 ? `−${text}` : `+${text}`;
};

/** A sum told as its steps: where it begins, what each fact adds or takes, where it ends. */
export function Waterfall({ label, rows, total, max, onOpen }: Props) {
  let sum = 0;
  const placed = rows.map((row) => {
    const from = row.kind === 'base' ? 0 : sum;
    sum = from + row.value;
    return { row, from, to: sum };
  });
  const at = (value: number) => `${Math.min(100, Math.max(0, (value / max) * 100)).toFixed(2)}%`;
  return (
    <figure className="wf" aria-label={label}>
      {placed.map(({ row, from, to }) => {
        const kind = row.kind === 'base' ? 'base' : row.value < 0 ? 'down' : 'up';
        const left = Math.min(from, to);
        const body = (
          <>
            <div>
              <b>{row.title}</b>
              {row.note && <span className="meta">{row.note}</span>}
            </div>
            <div className="wf-bar" aria-hidden="true">
              <i className={kind} style={{ left: at(left), width: at(Math.abs(to - from)) }} />
              <s style={{ left: at(to) }} />
            </div>
            <b className={`num ${kind}`}>{row.kind === 'base' ? formatDecimal(row.value, 0) : signed(row.value)}</b>
          </>
        );
        return onOpen ? (
          <button type="button" key={row.id} className="wf-row" onClick={() => onOpen(row.id)}>
            {body}
          </button>
        ) : (
          <div key={row.id} className="wf-row">
            {body}
          </div>
        );
      })}
      <div className="wf-row total">
        <div>
          <b>{total.title}</b>
          {total.note && <span className="meta">{total.note}</span>}
        </div>
        <div className="wf-bar" aria-hidden="true">
          <i className="sum" style={{ left: 0, width: at(total.value) }} />
          {total.low !== undefined && total.high !== undefined && (
            <u style={{ left: at(total.low), width: at(total.high - total.low) }} />
          )}
        </div>
        <b className="num">{formatDecimal(total.value, 0)}</b>
      </div>
    </figure>
  );
}
