import { z } from 'zod';
import { newId } from '#kernel/id.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Database, Tx } from '../db/database.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Logger } from '../log.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { MailCarrier } from './carrier.ts';
import { checkMail, type QueuedMail } from './check-mail.ts';
import { mailQueued } from './events.ts';
import { forgetMails } from './forget-mails.ts';
import { installationCarrier } from './installation-carrier.ts';
import { cancelMails, insertMail, type MailFilter, type MailRecord, type MailState, readMails } from './rows.ts';
import { type MailGuard, sendDue } from './send-due.ts';

/** Mails, queued in the transaction of what they tell and sent afterwards. */
export interface Mail {
  /**
   * Queues a mail; the same key in a workspace is one mail for ever. `off`: nothing carries it, it stays visible and is not sent later,
   * so whoever asked shows the link to copy. `queued`: it was queued now or before, whatever became of it.
   * Error: mail.not_sendable, naming the fields (line ends in a header among them).
   */
  queue(tx: Tx, mail: QueuedMail): Promise<{ mailId: string; state: 'queued' | 'off'; messageId: string }>;
  /** Whether a mail of this kind would be sent. */
  isOn(tx: Tx, workspaceId: string, kind: 'transactional' | 'outreach'): Promise<boolean>;
  /** Takes back what was not handed over yet; returns the ids of those. */
  cancel(tx: Tx, which: { workspaceId: string; mailIds: readonly string[]; reason: string }): Promise<string[]>;
  list(tx: Tx, workspaceId: string, filter: MailFilter): Promise<MailRecord[]>;
  /** Empties the mails of persons that are erased. */
  forget(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<void>;
  /** Another way of sending, asked after the ones before it. */
  addCarrier(carrier: MailCarrier): void;
  /** Somebody who may hold a mail back in the moment it is sent. */
  addGuard(guard: MailGuard): void;
  /** Sends what is due now, for tests and the command line; the job does it by itself. Returns how many left the house. */
  sendDue(signal?: AbortSignal): Promise<number>;
}

export interface MailNeeds {
  config: Config;
  db: Database;
  clock: Clock;
  log: Logger;
  outbox: Outbox;
  jobs: Jobs;
}

const sendJob = 'mail.send';

export function createMail(needs: MailNeeds): Mail {
  const { config, clock, outbox, jobs } = needs;
  const carriers: MailCarrier[] = config.mail === null ? [] : [installationCarrier(config.mail)];
  const guards: MailGuard[] = [];
  const send = (signal?: AbortSignal) => sendDue({ ...needs, carriers, guards }, signal);
  jobs.define({
    name: sendJob,
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 3600,
    cron: '* * * * *',
    handle: async (_payload, signal) => void (await send(signal)),
  });
  outbox.subscribe({ name: sendJob, events: [mailQueued], handle: () => jobs.enqueue(sendJob, {}, sendJob) });
  return {
    queue: async (tx, mail) => {
      checkMail(mail);
      const { workspaceId, kind } = mail;
      const way = await wayFor(tx, carriers, { workspaceId, kind, carrierRef: mail.carrierRef ?? null });
      const now = clock.now();
      const id = newId('mail', now.getTime());
      const kept = await insertMail(tx, {
        id,
        mail,
        state: way === null ? 'off' : 'queued',
        carrier: way?.carrier ?? 'none',
        carrierRef: way?.carrierRef ?? null,
        messageId: `<${id}@${way?.domain ?? 'localhost'}>`,
        now,
      });
      if (kept.isNew && kept.state === 'queued') {
        await outbox.emit(tx, { workspaceId, name: mailQueued, payload: { mailId: id } });
      }
      return { mailId: kept.id, state: toldAs(kept.state), messageId: kept.messageId };
    },
    isOn: async (tx, workspaceId, kind) =>
      (await wayFor(tx, carriers, { workspaceId, kind, carrierRef: null })) !== null,
    cancel: cancelMails,
    list: readMails,
    forget: forgetMails,
    addCarrier: (carrier) => void carriers.push(carrier),
    addGuard: (guard) => void guards.push(guard),
    sendDue: send,
  };
}

async function wayFor(
  tx: Tx,
  carriers: readonly MailCarrier[],
  mail: { workspaceId: string; kind: 'transactional' | 'outreach'; carrierRef: string | null },
): Promise<{ carrier: string; carrierRef: string | null; domain: string } | null> {
  for (const carrier of carriers) {
    const offer = await carrier.offers(tx, mail);
    if (offer !== null) return { carrier: carrier.name, ...offer };
  }
  return null;
}

function toldAs(state: MailState): 'queued' | 'off' {
  return state === 'off' ? 'off' : 'queued';
}
