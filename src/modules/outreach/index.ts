import type { Infra, Module } from '#infra/module.ts';
import { mailboxCarrier } from './carry-mail.ts';
import { followCreators } from './follow-creators.ts';
import { followJoins } from './follow-joins.ts';
import { followMail } from './follow-mail.ts';
import { defineOutreachJobs, wakePlanner } from './jobs.ts';
import type { MailServers } from './mail-servers.ts';
import type { DraftModel, Parts } from './parts.ts';
import { isBarred } from './read-reach.ts';
import { outreachRoutes } from './routes.ts';
import { runDueSteps } from './send-due-steps.ts';
import { followEnrolments } from './state-contacts.ts';
import { type SyncResult, syncAll } from './sync-mailbox.ts';

export type { Server } from './api.ts';
export { type BarredContact, keepBarred, listBarred } from './carry-list.ts';
export {
  mailBounced,
  mailboxBroken,
  mailboxBrokenPayload,
  mailEventPayload,
  mailReplied,
  mailSent,
  mailUnsubscribed,
} from './events.ts';
export {
  type FolderMark,
  type FolderRead,
  type FoundMail,
  type MailLogin,
  MailServerFault,
  type MailServers,
  type TokenAnswer,
} from './mail-servers.ts';
export type { DraftModel } from './parts.ts';
export { readReplyHours } from './queries/reply-hours.ts';
export { selectLastContacts as readLastContacts } from './queries/threads.ts';
export { readReach } from './read-reach.ts';
export { openWork } from './read-threads.ts';

export interface Outreach extends Module {
  /** Hands over what is due of all sequences, for tests and the command line. Returns how many mails. */
  runDueSteps(): Promise<number>;
  /** Reads answers of all mailboxes now. */
  syncAll(): Promise<SyncResult>;
}

/** Writing to creators: mailboxes, sequences, conversations, and who must not be written to. */
export function createOutreach(infra: Infra, with_: { servers: MailServers; draftModel: DraftModel | null }): Outreach {
  const parts: Parts = { infra, ...with_, tokens: new Map() };
  infra.mail.addCarrier(mailboxCarrier(parts));
  infra.mail.addGuard(async (tx, mail) => {
    const barred = await isBarred(infra, tx, mail.to);
    if (barred === 'all') return 'They asked not to be contacted at all';
    return barred === 'outreach' && mail.kind === 'outreach' ? 'They asked for no more mails like this' : null;
  });
  defineOutreachJobs(parts);
  return {
    name: 'outreach',
    routes: outreachRoutes(parts),
    consumers: [
      followMail(infra),
      followCreators(infra),
      followEnrolments(infra),
      followJoins(infra),
      wakePlanner(infra),
    ],
    runDueSteps: () => runDueSteps(infra),
    syncAll: () => syncAll(parts),
  };
}
