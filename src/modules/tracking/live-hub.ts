export interface LiveHub {
  /** Something was stored in these workspaces by this process. */
  publishClicks(clicks: readonly { workspaceId: string }[]): void;
  publishOrder(order: { workspaceId: string; orderId: string }): void;
  /** Something may have been stored, by any process. */
  wake(workspaceId: string): void;
  /** Calls back whenever something may have been stored in a workspace; call the answer to stop. What it was is read from the database. */
  subscribe(workspaceId: string, woken: () => void): () => void;
}

/** Wakes whoever watches a workspace; nothing is kept for those who come later. */
export function createLiveHub(): LiveHub {
  const watchers = new Map<string, Set<() => void>>();
  const wake = (workspaceId: string) => {
    for (const woken of watchers.get(workspaceId) ?? []) woken();
  };
  return {
    publishClicks: (clicks) => {
      if (watchers.size === 0) return;
      for (const workspaceId of new Set(clicks.map((click) => click.workspaceId))) wake(workspaceId);
    },
    publishOrder: (order) => wake(order.workspaceId),
    wake,
    subscribe: (workspaceId, woken) => {
      const set = watchers.get(workspaceId) ?? new Set();
      set.add(woken);
      watchers.set(workspaceId, set);
      return () => {
        set.delete(woken);
        if (set.size === 0) watchers.delete(workspaceId);
      };
    },
  };
}
