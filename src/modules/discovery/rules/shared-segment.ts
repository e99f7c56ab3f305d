import type { Segment } from './segment.ts';
import { withArrays } from './vector-column.ts';

/** The segment with all its columns in memory that other threads can be given; those that stand there already are taken as they are. */
export function shareSegment(segment: Segment): Segment {
  const { vectors, ...columns } = segment;
  return {
    ...inSharedMemory(columns),
    vectors: new Map([...vectors].map(([key, column]) => [key, withArrays(column, inSharedMemory)])),
  };
}

/** The same plain objects, maps and texts, with every array of numbers in shared memory. */
function inSharedMemory<Value>(value: Value): Value {
  // Each branch gives back what it was given, but for where the numbers stand.
  return move(value) as Value;
}

function move(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isNumbers(value)) return moveNumbers(value);
  if (Array.isArray(value)) return value;
  if (value instanceof Map) return new Map([...value].map(([key, inner]) => [key, move(inner)]));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, move(inner)]));
}

interface Numbers extends ArrayBufferView {
  set(from: unknown): void;
}

function isNumbers(value: object): value is Numbers {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function moveNumbers(numbers: Numbers): Numbers {
  if (numbers.buffer instanceof SharedArrayBuffer) return numbers;
  const kind = numbers.constructor as new (buffer: SharedArrayBuffer) => Numbers;
  const moved = new kind(new SharedArrayBuffer(numbers.byteLength));
  moved.set(numbers);
  return moved;
}
