import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type Click,
  clickSchema,
  type Order,
  orderSchema,
  type Skipped,
  skippedSchema,
  watchTracking,
} from '#modules/tracking/api.ts';
import { useClient } from '#web/api/use-client.ts';

export type LiveEntry =
  | { kind: 'click'; at: string; id: string; click: Click }
  | { kind: 'order'; at: string; id: string; order: Order }
  | { kind: 'skipped'; at: string; id: string; skipped: Skipped };
export type LiveState = 'connecting' | 'live' | 'lost';

interface Filter {
  campaignId?: string | undefined;
  personId?: string | undefined;
}

export interface Live {
  entries: LiveEntry[];
  state: LiveState;
  isPaused: boolean;
  /** What came while the feed stands still, at most as many as it keeps. */
  held: number;
  pause(): void;
  resume(): void;
}

const entriesMax = 200;
const retryMs = 3000;

/**
 * Follows clicks and orders while the page is open; reconnects by itself and goes on where it was. Newest first. While paused, what comes is held and shown on
 * going on.
 */
export function useLive({ campaignId, personId }: Filter): Live {
  const client = useClient();
  const [entries, setEntries] = useState<LiveEntry[]>([]);
  const [held, setHeld] = useState<LiveEntry[]>([]);
  const [state, setState] = useState<LiveState>('connecting');
  const [isPaused, setPaused] = useState(false);
  const pausedRef = useRef(false);
  useEffect(() => {
    const stop = new AbortController();
    setEntries([]);
    setHeld([]);
    let since: string | undefined;
    const add = (entry: LiveEntry) => (pausedRef.current ? setHeld : setEntries)((before) => put(before, entry));
    const follow = async () => {
      while (!stop.signal.aborted) {
        try {
          const input = {
            ...(since !== undefined && { since }),
            ...(campaignId !== undefined && { campaignId }),
            ...(personId !== undefined && { personId }),
          };
          const response = await client.open(watchTracking, input, stop.signal);
          setState('live');
          await readEvents(response, (name, data, id) => {
            since = id ?? since;
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
  }, [client, campaignId, personId]);
  const pause = useCallback(() => {
    pausedRef.current = true;
    setPaused(true);
  }, []);
  const resume = useCallback(() => {
    pausedRef.current = false;
    setPaused(false);
    setEntries((before) => held.toReversed().reduce(put, before));
    setHeld([]);
  }, [held]);
  return { entries, state, isPaused, held: held.length, pause, resume };
}

/** An order that changed takes the place of what was said of it before. */
function put(before: LiveEntry[], entry: LiveEntry): LiveEntry[] {
  return [entry, ...before.filter((one) => one.id !== entry.id || one.kind !== entry.kind)].slice(0, entriesMax);
}

function toEntry(name: string, data: unknown): LiveEntry | null {
  switch (name) {
    case 'click': {
      const click = clickSchema.safeParse(data);
      return click.success ? { kind: 'click', at: click.data.clickedAt, id: click.data.id, click: click.data } : null;
    }
    case 'order': {
      const order = orderSchema.safeParse(data);
      return order.success ? { kind: 'order', at: order.data.updatedAt, id: order.data.id, order: order.data } : null;
    }
    case 'skipped': {
      const skipped = skippedSchema.safeParse(data);
      const at = new Date().toISOString();
      return skipped.success ? { kind: 'skipped', at, id: at, skipped: skipped.data } : null;
    }
    default:
      return null;
  }
}

async function readEvents(
  response: Response,
  take: (name: string, data: unknown, id: string | undefined) => void,
): Promise<void> {
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
      if (name !== undefined && data !== undefined) take(name, JSON.parse(data), /^id: (.*)$/m.exec(block)?.[1]);
    }
  }
}
