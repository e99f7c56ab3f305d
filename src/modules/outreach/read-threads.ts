import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { findCampaign } from '#modules/campaigns/index.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import {
  channelSchema,
  type getThread,
  type listThreads,
  type Message,
  type MessageState,
  type markThread,
  messageSchema,
  messageStates,
  type Thread,
} from './api.ts';
import { badCursor } from './list-mailings.ts';
import {
  type MessageRow,
  selectMessages,
  selectThread,
  selectThreads,
  type ThreadRow,
  updateThreadRow,
} from './queries/threads.ts';
import { readReach } from './read-reach.ts';
import { splitFooter, splitQuoted } from './rules/split-quoted.ts';

const workMax = 100;

export function listPage(infra: Infra, call: Call<typeof listThreads>): Promise<Page<Thread>> {
  const { workspaceId, input } = call;
  const [at, id] = input.cursor === undefined ? [] : (decodeCursor(input.cursor) ?? []);
  const after = typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at)) ? { at, id } : null;
  if (input.cursor !== undefined && after === null) throw badCursor();
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { box, personId, campaignId, q, limit } = input;
    const rows = await selectThreads(tx, workspaceId, { box, personId, campaignId, q, limit: limit + 1, after });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: await presentThreads(tx, workspaceId, page),
      nextCursor:
        rows.length > limit && last !== undefined ? encodeCursor([last.last_at.toISOString(), last.id]) : null,
    };
  });
}

async function presentThreads(tx: Tx, workspaceId: string, rows: readonly ThreadRow[]): Promise<Thread[]> {
  const cards = await readPersonCards(
    tx,
    workspaceId,
    rows.map((row) => row.person_id),
  );
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    name: cards.get(row.person_id)?.name ?? 'Gone',
    mailboxId: row.mailbox_id,
    campaignId: row.campaign_id,
    subject: row.subject,
    address: row.address,
    state: row.state === 'done' ? 'done' : 'open',
    isUnread: row.is_unread,
    waitingSince: row.waiting_since?.toISOString() ?? null,
    wantsStop: row.wants_stop,
    lastAt: row.last_at.toISOString(),
    lastDirection: row.last_direction === 'in' ? 'in' : 'out',
    snippet: row.snippet,
    messages: row.message_count,
  }));
}

/** Error: not_found. */
export async function presentThread(tx: Tx, workspaceId: string, row: ThreadRow | undefined): Promise<Thread> {
  const [thread] = row === undefined ? [] : await presentThreads(tx, workspaceId, [row]);
  if (thread === undefined) throw notFound('thread');
  return thread;
}

/** Error: not_found. */
export function readThread(infra: Infra, call: Call<typeof getThread>) {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectThread(tx, workspaceId, { id: input.threadId });
    const thread = await presentThread(tx, workspaceId, row);
    const messages = await selectMessages(tx, workspaceId, input.threadId);
    const reach = (await readReach(infra, tx, { workspaceId, personIds: [thread.personId] })).get(thread.personId);
    return {
      thread,
      messages: messages.map(toMessage),
      reach: {
        to: row?.address ?? reach?.to ?? null,
        problems: reach?.problems ?? ['The creator is not here any more'],
      },
    };
  });
}

/** Errors: not_found for thread and campaign. */
export function mark(infra: Infra, call: Call<typeof markThread>): Promise<Thread> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { campaignId, isUnread, state } = input;
    if (campaignId != null && (await findCampaign(tx, workspaceId, campaignId)) === null) throw notFound('campaign');
    const row = await selectThread(tx, workspaceId, { id: input.threadId, isLocked: true });
    if (row === undefined) throw notFound('thread');
    const changed = await updateThreadRow(tx, workspaceId, {
      id: row.id,
      set: {
        is_unread: isUnread ?? row.is_unread,
        state: state ?? row.state,
        campaign_id: campaignId === undefined ? row.campaign_id : campaignId,
      },
    });
    return presentThread(tx, workspaceId, changed);
  });
}

const attachmentsSchema = messageSchema.shape.attachments;
const madeFromSchema = messageSchema.shape.madeFrom;
const stateSchema = z.enum(messageStates);

export function toMessage(row: MessageRow): Message {
  const isOurs = row.direction === 'out';
  const { fresh, quoted } = isOurs ? splitFooter(row.body) : splitQuoted(row.body);
  const state: MessageState = stateSchema.parse(row.state);
  return {
    id: row.id,
    threadId: row.thread_id,
    direction: isOurs ? 'out' : 'in',
    channel: channelSchema.parse(row.channel),
    kind: row.kind === 'bounce' ? 'bounce' : row.kind === 'auto_reply' ? 'auto_reply' : 'message',
    state,
    subject: row.subject,
    text: fresh,
    quoted,
    from: row.from_address,
    to: row.to_address,
    authorName: row.author_name,
    outcome: row.outcome,
    why: row.why,
    madeFrom: madeFromSchema.parse(row.made_from),
    attachments: attachmentsSchema.parse(row.attachments),
    openedAt: row.opened_at?.toISOString() ?? null,
    at: row.at.toISOString(),
  };
}

/** Creators who wait for an answer, longest first. */
export async function openWork(tx: Tx, workspaceId: string): Promise<OpenWork[]> {
  const page = { box: 'waiting', personId: undefined, campaignId: undefined, q: undefined, after: null } as const;
  const rows = await selectThreads(tx, workspaceId, { ...page, limit: workMax });
  const threads = await presentThreads(tx, workspaceId, rows);
  return threads
    .toSorted((a, b) => ((a.waitingSince ?? '') < (b.waitingSince ?? '') ? -1 : 1))
    .map((thread) => ({
      kind: 'reply.waiting',
      title: `Answer ${thread.name}`,
      detail: thread.snippet,
      since: thread.waitingSince,
      dueOn: null,
      path: `/outreach/threads/${thread.id}`,
      campaignId: thread.campaignId,
      personId: thread.personId,
    }));
}
