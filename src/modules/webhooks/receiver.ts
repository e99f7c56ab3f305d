import type { EndpointKind } from './api.ts';

/** Something that happened, as endpoints are told of it. */
export interface Happening {
  /** Of the outbox: the same however often it is handed over. */
  eventId: string;
  event: string;
  /** Sets several messages of one event apart: the order's id. Empty otherwise. */
  subject: string;
  at: Date;
  data: unknown;
}

export interface Message {
  /** By which a repeat is told, for ever. */
  key: string;
  event: string;
  body: string;
}

export interface SendTask {
  messageId: string;
  event: string;
  body: string;
  target: string;
  /** Valid ones, the newest first; none for kinds that have none. */
  secrets: readonly string[];
  now: Date;
  /** A test: the other side keeps nothing of it where it can be asked so. */
  isTest: boolean;
}

export interface Outgoing {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
}

/** How one kind of endpoint is spoken to. Pure but for what it is given; adapters bring their own. */
export interface Receiver {
  kind: EndpointKind;
  /** Whether its secret is made here (and shown once) or comes from the other side; null when there is none. */
  secret: 'ours' | 'theirs' | null;
  /** The events it can be sent; null for whatever its list names. */
  events: readonly string[] | null;
  /** What is wrong with a target; null when nothing is. */
  faultOf(target: string): string | null;
  /** What a happening sends: none, one or several messages. */
  messagesOf(happening: Happening): Message[];
  /** The request of a message; null with a reason when it is too late or makes no sense any more. */
  request(task: SendTask): Outgoing | { skip: string };
  /** What an answer to a test means where its status does not tell; null when it is as it looks. */
  faultOfTest?(answer: string): string | null;
}
