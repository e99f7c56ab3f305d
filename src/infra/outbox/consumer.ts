export interface OutboxEvent {
  workspaceId: string;
  id: string;
  name: string;
  payload: unknown;
  createdAt: Date;
}

/** A reaction to events of other modules. It is called at least once per event, so it is idempotent by event id. */
export interface Consumer {
  /** Unique, stable: deliveries are stored under it. */
  name: string;
  events: string[];
  /** Handles a batch in the order of the events' ids. A throw delays the whole batch and tries it again. */
  handle(events: OutboxEvent[]): Promise<void>;
}
