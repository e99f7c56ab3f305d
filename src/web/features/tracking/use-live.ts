import { useEffect, useState } from 'react';
import { type Click, clickSchema, type Order, orderSchema, watchTracking } from '#modules/tracking/api.ts';
import { useClient } from '#web/api/use-client.ts';

export type LiveEntry =
  | { kind: 'click'; at: string; id: string; click: Click }
  | { kind: 'order'; at: string; id: string; order: Order };
export type LiveState = 'connecting' | 'live' | 'lost';

const entriesMax = 200;
const retryMs = 3000;

/** Follows clicks and orders while the page is open; reconnects by itself. Newest first. */
export function useLive(): { entries: LiveEntry[]; state: LiveState } {
  const client = useClient();
  const [entries, setEntries] = useState<LiveEntry[]>([]);
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    const stop = new AbortController();
    const add = (entry: LiveEntry) =>
      setEntries((before) =>
        [entry, ...before.filter((one) => one.id !== entry.id || one.kind !== entry.kind)].slice(0, entriesMax),
      );
    const follow = async () => {
      while (!stop.signal.aborted) {
        try {
          const response = await client.open(watchTracking, {}, stop.signal);
          setState('live');
          await readEvents(response, (name, data) => {
            const entry = toEntry(name, data);
            if (entry !== null) add(entry);
          });
        } catch {
          // Told by the state; the next round tries again.
        }
        if (stop.signal.aborted) return;
        setState('lost');
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    };
    void follow();
    return () => stop.abort();
  }, [client]);
  return { entries, state };
}

function toEntry(name: string, data: unknown): LiveEntry | null {
  if (name === 'click') {
    const click = clickSchema.safeParse(data);
    return click.success ? { kind: 'click', at: click.data.clickedAt, id: click.data.id, click: click.data } : null;
  }
  if (name !== 'order') return null;
  const order = orderSchema.safeParse(data);
  return order.success ? { kind: 'order', at: order.data.updatedAt, id: order.data.id, order: order.data } : null;
}

async function readEvents(response: Response, take: (name: string, data: unknown) => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const name = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (name !== undefined && data !== undefined) take(name, JSON.parse(data));
    }
  }
}
