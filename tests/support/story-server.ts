/**
 * The real program as a story drives it from outside: a process of its own whose clock the story moves, an SMTP server that its mails go out by, and
 * dovecot, where creators and team have their mailboxes.
 *
 *     const story = await openStoryServer();               // an empty installation, on a Monday at 09:00 UTC
 *     // in the browser: set up, then connectTeamMailbox() of story-steps.ts, as a manager does it under Settings, Mail
 *     const mail = await story.mailTo('mia@creator.example', /invited/i);   // waits for it, with a bound; newest first
 *     await story.reply(mail, { text: 'Yes, gladly' });    // from the creator's address into the team's mailbox, in the thread
 *     await story.runDue('outreach.sync');                 // what recurs runs now instead of at its hour; all of it without names
 *     await story.move({ days: 3 });                       // the clock goes on, never back; then `runDue`, as nothing waits for real hours
 *     await story.close();
 *
 * Whatever asks `infra.clock` follows the clock; sessions of members end when unused for 7 days, so after a longer move sign in again.
 * Pages have a clock of their own: open them by `openAt` of story-steps.ts, which follows this one.
 */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '#client/client.ts';
import { type ImapServer, openImapServer } from './imap-server.ts';
import { letter } from './letters.ts';
import { addressOf, type MailSink, openMailSink, type ReceivedMail } from './mail-sink.ts';
import { removeDataFolder, type ServerProcess, startServerProcess } from './server-process.ts';
import type { StoryAnswer, StoryRequest } from './story-channel.ts';

const program = fileURLToPath(new URL('./serve-with-test-clock.ts', import.meta.url));
const dayMs = 86_400_000;
const mailTimeoutMs = 20_000;
const askTimeoutMs = 120_000;

export interface StoryServer {
  server: ServerProcess;
  address: string;
  /** The server's time. */
  now(): Date;
  /** Moves the clock on by days and hours, or to an instant. Returns the new time. */
  move(by: { days?: number; hours?: number } | { to: Date }): Promise<Date>;
  /** Runs recurring jobs now, all unless named, and waits until the events they told were heard. */
  runDue(...jobs: string[]): Promise<void>;
  /** As the command line of this machine: what a story repeats for the seventh creator. */
  client(workspace: string): Promise<Client>;
  /** A creator in the portal, by the link of a mail, without a browser. */
  portal(workspace: string, mail: ReceivedMail): Client;
  /** Waits until all events told so far were heard. */
  settle(): Promise<void>;
  /** The servers a mailbox of the team is connected with, and its password. */
  mail: { smtpPort: number; imapPort: number; password: string };
  /** Mails that went out so far, oldest first. */
  mails(to?: string): ReceivedMail[];
  /** The newest mail to an address whose subject or text matches; waits for it. Throws after 20 s, saying what came instead. */
  mailTo(to: string, about?: RegExp): Promise<ReceivedMail>;
  /** What a creator answers to a mail: it lies in the mailbox the mail came from when this resolves. */
  reply(mail: ReceivedMail, with_: { text: string; headers?: string[] }): Promise<void>;
  close(): Promise<void>;
}

export interface StoryServerOptions {
  /** When the story begins; the Monday of this week at 09:00 UTC unless said. */
  startsAt?: Date;
  env?: Record<string, string>;
}

/** Opens all of it; 5 s where the web app is built. */
export async function openStoryServer(options: StoryServerOptions = {}): Promise<StoryServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-story-'));
  const imap = await openImapServer();
  const sink = await openMailSink({ login: { password: imap.password } });
  // What is sent to anybody lies in a mailbox of theirs, as it does in the world.
  sink.onTaken = async (mail) => {
    for (const to of mail.envelopeTo) await imap.deliver(to, mail.raw);
  };
  const startsAt = options.startsAt ?? lastMonday();
  const server = await startServerProcess({
    dataDir,
    hasChannel: true,
    command: [process.execPath, '--disable-warning=ExperimentalWarning', program],
    args: [startsAt.toISOString()],
    env: { RAPPORT_MAIL_HOSTS: '127.0.0.1', ...options.env },
  });
  const channel = openChannel(server, startsAt.getTime() - Date.now());
  const { ask } = channel;
  const now = () => new Date(Date.now() + channel.offsetMs());
  return {
    server,
    address: server.address,
    now,
    move: async (by) => {
      const toMs =
        'to' in by ? by.to.getTime() : now().getTime() + (by.days ?? 0) * dayMs + (by.hours ?? 0) * 3_600_000;
      await ask({ kind: 'move', toMs });
      return now();
    },
    runDue: (...jobs) => ask(jobs.length === 0 ? { kind: 'run' } : { kind: 'run', jobs }),
    client: async (workspace) => {
      const { token } = JSON.parse(await readFile(join(dataDir, 'server.json'), 'utf8'));
      return createClient({ baseUrl: server.address, fetch, apiKey: token, workspace: () => workspace });
    },
    portal: (workspace, mail) => {
      const apiKey = new URL(portalLinkIn(mail)).hash.slice(1);
      return createClient({ baseUrl: server.address, fetch, apiKey, workspace: () => workspace });
    },
    settle: () => ask({ kind: 'settle' }),
    mail: { smtpPort: sink.port, imapPort: imap.port, password: imap.password },
    mails: (to) => sink.mails.filter((mail) => to === undefined || mail.envelopeTo.includes(to)),
    mailTo: (to, about = /./) => waitForMail(sink, { to, about }),
    reply: (mail, with_) => deliverReply(imap, mail, { ...with_, at: now() }),
    close: async () => {
      await server.interrupt();
      await Promise.all([sink.close(), imap.close(), removeDataFolder(dataDir)]);
    },
  };
}

/** The link into the portal that stands in a mail. */
export function portalLinkIn(mail: ReceivedMail): string {
  const link = /https?:\/\/\S+\/p\/enter#\S+/.exec(mail.parsed.text ?? '')?.[0];
  if (link === undefined) throw new Error(`The mail has no link into the portal:\n${mail.parsed.text}`);
  return link;
}

function lastMonday(): Date {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  day.setUTCHours(9, 0, 0, 0);
  return day;
}

function openChannel(server: ServerProcess, firstOffsetMs: number) {
  let offsetMs = firstOffsetMs;
  let asked = 0;
  const waiting = new Map<number, (answer: StoryAnswer) => void>();
  server.child.on('message', (answer: StoryAnswer) => {
    offsetMs = answer.offsetMs;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  return {
    offsetMs: () => offsetMs,
    ask: async (
      request: { kind: 'move'; toMs: number } | { kind: 'run'; jobs?: string[] } | { kind: 'settle' },
    ): Promise<void> => {
      asked += 1;
      const message: StoryRequest = { id: asked, ...request };
      const answer = await new Promise<StoryAnswer>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`No answer to ${request.kind}:\n${server.output()}`)),
          askTimeoutMs,
        );
        waiting.set(message.id, (is) => {
          clearTimeout(timer);
          resolve(is);
        });
        server.child.send(message);
      });
      if (answer.fault !== null) throw new Error(`${request.kind}: ${answer.fault}\n${server.output()}`);
    },
  };
}

async function waitForMail(sink: MailSink, of: { to: string; about: RegExp }): Promise<ReceivedMail> {
  const until = Date.now() + mailTimeoutMs;
  while (Date.now() < until) {
    const found = sink.mails.findLast(
      (mail) =>
        mail.envelopeTo.includes(of.to) &&
        (of.about.test(mail.parsed.subject ?? '') || of.about.test(mail.parsed.text ?? '')),
    );
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const came = sink.mails.map((mail) => `${mail.envelopeTo.join(', ')}: ${mail.parsed.subject}`);
  throw new Error(`No mail to ${of.to} about ${of.about}. There came:\n${came.join('\n') || 'none'}`);
}

async function deliverReply(
  imap: ImapServer,
  mail: ReceivedMail,
  of: { text: string; headers?: string[]; at: Date },
): Promise<void> {
  const team = addressOf(mail.parsed.replyTo ?? mail.parsed.from);
  const from = mail.envelopeTo[0] ?? '';
  const raw = letter({
    from,
    to: team,
    subject: `Re: ${mail.parsed.subject}`,
    text: of.text,
    id: `<${Math.random().toString(36).slice(2)}@${from.split('@')[1]}>`,
    at: of.at,
    inReplyTo: mail.parsed.messageId,
    ...(of.headers === undefined ? {} : { headers: of.headers }),
  });
  await imap.deliver(addressOf(mail.parsed.from), raw);
}
