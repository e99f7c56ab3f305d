import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  envelopeFrom: string;
  envelopeTo: string[];
  /** With its headers unfolded. */
  raw: string;
  parsed: ParsedMail;
}

export interface MailSink {
  port: number;
  /** What arrived, oldest first. */
  mails: ReceivedMail[];
  /** Refuses what comes next: by status and words, for as many mails as said. */
  refuse(how: { status: number; message: string; times: number; at?: 'recipient' | 'data' }): void;
  /** Called with each mail when it was taken, before the server says so. */
  onTaken: ((mail: ReceivedMail) => Promise<void>) | null;
  close(): Promise<void>;
}

export interface MailSinkOptions {
  /** A login that must be given: password or access token, of one user or of any. */
  login?: { user?: string; password?: string; accessToken?: string };
}

/** A real SMTP server that keeps what it is given. */
export async function openMailSink(options: MailSinkOptions = {}): Promise<MailSink> {
  const mails: ReceivedMail[] = [];
  let refusal: { status: number; message: string; times: number; at: 'recipient' | 'data' } | null = null;
  const refused = (at: 'recipient' | 'data'): Error | null => {
    if (refusal === null || refusal.at !== at || refusal.times === 0) return null;
    refusal.times -= 1;
    return Object.assign(new Error(refusal.message), { responseCode: refusal.status });
  };
  const { login } = options;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: login === undefined,
    authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
    logger: false,
    onAuth: (auth, _session, done) => {
      const isKnown =
        login !== undefined &&
        (login.user === undefined || auth.username === login.user) &&
        (auth.method === 'XOAUTH2'
          ? login.accessToken !== undefined && auth.accessToken === login.accessToken
          : login.password !== undefined && auth.password === login.password);
      if (isKnown) done(null, { user: auth.username });
      else done(Object.assign(new Error('Username and Password not accepted'), { responseCode: 535 }));
    },
    onRcptTo: (_address, _session, done) => done(refused('recipient')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const refusal = refused('data');
        if (refusal !== null) return done(refusal);
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          envelopeFrom: mailFrom === false ? '' : mailFrom.address,
          envelopeTo: rcptTo.map((one) => one.address),
          // Headers as they were before they were folded.
          raw: raw.toString('utf8').replace(/\r\n[ \t]+/g, ' '),
          parsed: await simpleParser(raw),
        };
        mails.push(mail);
        await sink.onTaken?.(mail);
        done(null, 'OK: kept');
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The mail sink has no port');
  const sink: MailSink = {
    port: address.port,
    mails,
    refuse: (how) => {
      refusal = { at: 'data', ...how };
    },
    onTaken: null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return sink;
}

/** The first address of a header such as To. */
export function addressOf(header: AddressObject | AddressObject[] | undefined): string {
  const first = Array.isArray(header) ? header[0] : header;
  return first?.value[0]?.address ?? '';
}
