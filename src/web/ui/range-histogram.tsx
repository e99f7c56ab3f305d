import { RangeSlider } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Bin } from '#web/ui/histogram.tsx';

interface Props {
  title: string;
  /** What is asked for now: "5k to 60k". */
  note?: string;
  bins: readonly Bin[];
  /** null: no limit on that side. */
  value: readonly [number | null, number | null];
  onChange: (value: [number | null, number | null]) => void;
  format: (value: number) => string;
}

/** How the hits are spread over a number, with two thumbs to narrow it. Thumbs move bin by bin, also by arrow keys. */
export function RangeHistogram({ title, note, bins, value: [low, high], onChange, format }: Props) {
  const edges = [...bins.map((bin) => bin.from), bins.at(-1)?.to ?? 0];
  const last = edges.length - 1;
  const indexOf = (edge: number | null, fallback: number) => {
    if (edge === null) return fallback;
    const found = edges.findIndex((candidate) => candidate >= edge);
    return found === -1 ? last : found;
  };
  const given: [number, number] = [indexOf(low, 0), indexOf(high, last)];
  const [from, to] = given;
  const [thumbs, setThumbs] = useState<[number, number]>(given);
  useEffect(() => setThumbs([from, to]), [from, to]);
  const top = Math.max(1, ...bins.map((bin) => bin.count));
  const edgeText = (index: number) => format(edges[index] ?? 0);
  const settle = ([start, end]: [number, number]) =>
    onChange([start === 0 ? null : (edges[start] ?? null), end === last ? null : (edges[end] ?? null)]);
  return (
    <fieldset className="fg">
      <legend>
        {title}
        <span>{note ?? 'any'}</span>
      </legend>
      <div className="mini" aria-hidden="true">
        {bins.map((bin, index) => (
          <i
            key={bin.from}
            className={index >= thumbs[0] && index < thumbs[1] ? 'in' : undefined}
            style={{ height: `${Math.max(4, (bin.count / top) * 100)}%` }}
          />
        ))}
      </div>
      <RangeSlider
        className="mini-slider"
        size={2}
        min={0}
        max={Math.max(1, last)}
        minRange={1}
        label={null}
        value={thumbs}
        onChange={setThumbs}
        onChangeEnd={settle}
        thumbFromLabel={`${title}, at least`}
        thumbToLabel={`${title}, at most`}
        thumbProps={(index) => ({ 'aria-valuetext': edgeText(thumbs[index]) })}
      />
      <div className="ends">
        <span>{edgeText(thumbs[0])}</span>
        <span>{edgeText(thumbs[1])}</span>
      </div>
    </fieldset>
  );
}
