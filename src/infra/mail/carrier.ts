import type { Tx } from '../db/database.ts';

/** A mail as it goes over the wire. Every field was checked when it was queued. */
export interface OutgoingMail {
  workspaceId: string;
  mailId: string;
  kind: 'transactional' | 'outreach';
  personId: string | null;
  to: string;
  toName: string | null;
  subject: string;
  text: string;
  replyTo: string | null;
  messageId: string;
  headers: MailHeaders;
  attachments: { name: string; contentType: string; content: Buffer }[];
  carrierRef: string | null;
}

/** Headers a mail may bring besides its addresses, subject and date. */
export interface MailHeaders {
  inReplyTo?: string;
  references?: string[];
  /** RFC 2369 and RFC 8058: an https address that unsubscribes by one POST. */
  unsubscribeUrl?: string;
  /** RFC 3834: `auto-generated` for what no person wrote, so that no program answers it. */
  autoSubmitted?: 'auto-generated';
  /** A picture that tells when the mail is looked at; its text then goes out as HTML too. */
  pictureUrl?: string;
}

/** An open way out. */
export interface MailConnection {
  /** Returns what the server said. Throws what nodemailer throws; see `judgeFailure`. */
  send(mail: OutgoingMail): Promise<string>;
  close(): void;
}

/** A way of sending mail. The installation's own server is one; modules bring others. */
export interface MailCarrier {
  name: string;
  /** Domain that message ids are made under, null when this carrier does not take such a mail of this workspace. */
  offers(
    tx: Tx,
    mail: { workspaceId: string; kind: 'transactional' | 'outreach'; carrierRef: string | null },
  ): Promise<{ domain: string; carrierRef: string | null } | null>;
  open(at: { workspaceId: string; carrierRef: string | null }): Promise<MailConnection>;
  /** The server refused who we are: told once a batch, so that the owner can be asked for a new password. */
  onRefusedLogin?(at: { workspaceId: string; carrierRef: string | null; reason: string }): Promise<void>;
}
