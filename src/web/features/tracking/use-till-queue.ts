import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from '#web/api/use-client.ts';
import { type Deed, readQueue, sendDeed, writeQueue } from './till-queue.ts';

const retryMs = 15_000;

export interface TillQueue {
  deeds: Deed[];
  isSending: boolean;
  add: (deed: Omit<Deed, 'key' | 'happenedAt' | 'refusal'>) => Promise<true | string | null>;
  drop: (key: string) => void;
  sendAll: () => Promise<void>;
}

/** Notes deeds first and sends them after: each has a key of its own, so that sending again never doubles it. */
export function useTillQueue(token: string, onSent: () => void): TillQueue {
  const client = useClient();
  const [deeds, setDeeds] = useState(() => readQueue(token));
  const [isSending, setSending] = useState(false);
  const busy = useRef(false);
  const keep = useCallback(
    (change: (before: Deed[]) => Deed[]) => {
      const after = change(readQueue(token));
      writeQueue(token, after);
      setDeeds(after);
    },
    [token],
  );
  const settle = useCallback(
    async (deed: Deed) => {
      const outcome = await sendDeed(client, token, deed);
      if (outcome === true) {
        keep((all) => all.filter((one) => one.key !== deed.key));
        onSent();
      } else if (outcome !== null)
        keep((all) => all.map((one) => (one.key === deed.key ? { ...one, refusal: outcome } : one)));
      return outcome;
    },
    [client, token, keep, onSent],
  );
  const sendAll = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    setSending(true);
    try {
      for (const deed of readQueue(token).filter((one) => one.refusal === null))
        if ((await settle(deed)) === null) break;
    } finally {
      busy.current = false;
      setSending(false);
    }
  }, [token, settle]);
  const add = useCallback(
    async (deed: Omit<Deed, 'key' | 'happenedAt' | 'refusal'>) => {
      const made: Deed = { ...deed, key: crypto.randomUUID(), happenedAt: new Date().toISOString(), refusal: null };
      keep((all) => [...all, made]);
      return await settle(made);
    },
    [keep, settle],
  );
  useEffect(() => {
    void sendAll();
    const timer = setInterval(() => void sendAll(), retryMs);
    const onOnline = () => void sendAll();
    window.addEventListener('online', onOnline);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', onOnline);
    };
  }, [sendAll]);
  const drop = useCallback((key: string) => keep((all) => all.filter((one) => one.key !== key)), [keep]);
  return { deeds, isSending, add, drop, sendAll };
}
