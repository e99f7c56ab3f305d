import type { LiveClick } from './store-batch.ts';

export interface LiveOrder {
  workspaceId: string;
  orderId: string;
}

export type LiveEvent = { kind: 'clicks'; clicks: LiveClick[] } | { kind: 'order'; orderId: string };

export interface LiveHub {
  publishClicks(clicks: readonly LiveClick[]): void;
  publishOrder(order: LiveOrder): void;
  /** Hands over what happens in a workspace from now on; call the answer to stop. */
  subscribe(workspaceId: string, take: (event: LiveEvent) => void): () => void;
}

/** Passes what this process stored on to whoever watches; nothing is kept for those who come later. */
export function createLiveHub(): LiveHub {
  const watchers = new Map<string, Set<(event: LiveEvent) => void>>();
  const tell = (workspaceId: string, event: LiveEvent) => {
    for (const take of watchers.get(workspaceId) ?? []) take(event);
  };
  return {
    publishClicks: (clicks) => {
      if (watchers.size === 0 || clicks.length === 0) return;
      for (const [workspaceId, group] of Map.groupBy(clicks, (click) => click.workspaceId))
        tell(workspaceId, { kind: 'clicks', clicks: group });
    },
    publishOrder: (order) => tell(order.workspaceId, { kind: 'order', orderId: order.orderId }),
    subscribe: (workspaceId, take) => {
      const set = watchers.get(workspaceId) ?? new Set();
      set.add(take);
      watchers.set(workspaceId, set);
      return () => {
        set.delete(take);
        if (set.size === 0) watchers.delete(workspaceId);
      };
    },
  };
}
