import type { MailConnection } from '#infra/mail/carrier.ts';
import type { Server } from './api.ts';
import type { MailSigns } from './rules/tell-mail.ts';

export type MailLogin =
  | { kind: 'password'; user: string; password: string }
  | { kind: 'token'; user: string; accessToken: string };

export interface FolderMark {
  name: string;
  uidValidity: bigint;
  lastUid: bigint;
}

/** A mail as it lay in a folder. */
export interface FoundMail extends MailSigns {
  uid: bigint;
  /** With its angle brackets; made from the content when the mail brings none. */
  messageId: string;
  inReplyTo: string | null;
  references: string[];
  fromName: string | null;
  to: string[];
  at: Date;
  attachments: { name: string; contentType: string; bytes: number }[];
}

export interface FolderRead {
  mark: FolderMark;
  role: 'inbox' | 'sent';
  mails: FoundMail[];
  /** More lies there; read again from the mark. */
  hasMore: boolean;
}

export interface TokenAnswer {
  accessToken: string;
  expiresAt: Date;
  /** Where the provider gives a new one with each use. */
  refreshToken: string | null;
}

/** Why a server did not let us in or did not answer, in words for the owner of the mailbox. */
export class MailServerFault extends Error {
  readonly kind: 'login' | 'unreachable' | 'refused';
  /** As the sender of mails reads errors. */
  readonly code: string;
  constructor(kind: 'login' | 'unreachable' | 'refused', message: string) {
    super(message);
    this.name = 'MailServerFault';
    this.kind = kind;
    this.code = kind === 'login' ? 'EAUTH' : 'ECONNECTION';
  }
}

/** The mail servers of the world, as adapters give them: SMTP out, IMAP in, tokens for both. Each throws MailServerFault. */
export interface MailServers {
  openSmtp(at: {
    server: Server;
    login: MailLogin;
    from: { name: string | null; address: string };
  }): Promise<MailConnection & { verify(): Promise<void> }>;
  checkImap(at: { server: Server; login: MailLogin }): Promise<void>;
  /** Reads what came into inbox and sent mail after the marks; without a mark, or when a folder was made anew, what came since a day. */
  readFolders(
    at: { server: Server; login: MailLogin },
    from: { marks: readonly FolderMark[]; since: Date; max: number; signal?: AbortSignal },
  ): Promise<FolderRead[]>;
  /** RFC 6749 section 4.1.3 with RFC 7636 section 4.5: what a consent screen's code is traded for. */
  exchangeCode(
    at: {
      tokenUrl: string;
      clientId: string;
      clientSecret: string | null;
      code: string;
      verifier: string;
      redirectUri: string;
    },
    now: Date,
  ): Promise<TokenAnswer>;
  /** RFC 6749 section 6. */
  refreshToken(
    at: { tokenUrl: string; clientId: string; clientSecret: string | null; refreshToken: string },
    now: Date,
  ): Promise<TokenAnswer>;
}
