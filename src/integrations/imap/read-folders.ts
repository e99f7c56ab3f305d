import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import { pinHost } from '#infra/mail/pin-host.ts';
import {
  type FolderMark,
  type FolderRead,
  type MailLogin,
  MailServerFault,
  type MailServers,
  type Server,
} from '#modules/outreach/index.ts';
import { parseMail } from './parse-mail.ts';

const connectMs = 15_000;
const mailBytesMax = 25 * 1024 * 1024;

type Place = { server: Server; login: MailLogin };

/** Whether the server lets the mailbox in. Error: MailServerFault. */
export async function checkImap(allowedHosts: readonly string[], at: Place): Promise<void> {
  await withServer(allowedHosts, at, async () => undefined);
}

/** What came into inbox and sent mail after the marks, `max` a folder. Error: MailServerFault. */
export function readFolders(
  allowedHosts: readonly string[],
  at: Place,
  from: Parameters<MailServers['readFolders']>[1],
): Promise<FolderRead[]> {
  return withServer(allowedHosts, at, async (client) => {
    const folders: { name: string; role: 'inbox' | 'sent' }[] = [{ name: 'INBOX', role: 'inbox' }];
    const sent = (await client.list()).find((folder) => folder.specialUse === '\\Sent');
    if (sent !== undefined) folders.push({ name: sent.path, role: 'sent' });
    const reads: FolderRead[] = [];
    for (const folder of folders) {
      if (from.signal?.aborted === true) break;
      reads.push(await readFolder(client, folder, from));
    }
    return reads;
  });
}

async function readFolder(
  client: ImapFlow,
  folder: { name: string; role: 'inbox' | 'sent' },
  from: Parameters<MailServers['readFolders']>[1],
): Promise<FolderRead> {
  const lock = await client.getMailboxLock(folder.name, { readOnly: true });
  try {
    const box = client.mailbox;
    if (box === false) throw new MailServerFault('refused', `The folder ${folder.name} cannot be opened.`);
    // Before anything is searched: what comes meanwhile is found next time.
    const nextUid = box.uidNext;
    const known = from.marks.find((mark) => mark.name === folder.name && mark.uidValidity === box.uidValidity);
    // Made anew, or never read: the day decides, and ids of mails keep what was read before from coming twice.
    const search = known === undefined ? { since: from.since } : { uid: `${known.lastUid + 1n}:*` };
    const found = (await client.search(search, { uid: true })) || [];
    // `n:*` always names the last mail, also when it is older than n.
    const uids = found.filter((uid) => known === undefined || BigInt(uid) > known.lastUid).sort((a, b) => a - b);
    const wanted = uids.slice(0, from.max);
    const mark: FolderMark = {
      name: folder.name,
      uidValidity: box.uidValidity,
      lastUid: known?.lastUid ?? BigInt(Math.max(0, nextUid - 1)),
    };
    if (uids.length > wanted.length) mark.lastUid = BigInt(wanted.at(-1) ?? 0);
    else if (uids.length > 0) mark.lastUid = BigInt(uids.at(-1) ?? 0);
    const mails: FolderRead['mails'] = [];
    for (const uid of wanted) {
      if (from.signal?.aborted === true) throw new MailServerFault('unreachable', 'Reading was stopped.');
      const one = await client.fetchOne(
        String(uid),
        { source: { maxLength: mailBytesMax }, internalDate: true },
        { uid: true },
      );
      if (one === false || one.source === undefined) continue;
      const arrivedAt = new Date(one.internalDate ?? Number.NaN);
      mails.push(
        await parseMail(one.source, {
          uid: BigInt(uid),
          arrivedAt: Number.isNaN(arrivedAt.getTime()) ? from.since : arrivedAt,
        }),
      );
    }
    return { mark, role: folder.role, mails, hasMore: uids.length > wanted.length };
  } finally {
    lock.release();
  }
}

async function withServer<Result>(
  allowedHosts: readonly string[],
  { server, login }: Place,
  run: (client: ImapFlow) => Promise<Result>,
): Promise<Result> {
  const found = await pinHost(allowedHosts, server);
  if (!found.ok) throw new MailServerFault('refused', found.reason);
  const { address, serverName, isTrusted } = found.pinned;
  const options: ImapFlowOptions = {
    host: address,
    port: server.port,
    secure: server.isTls,
    // A password crosses no foreign network in the clear.
    ...(server.isTls || isTrusted ? {} : { doSTARTTLS: true }),
    ...(serverName === null ? {} : { servername: serverName }),
    auth:
      login.kind === 'password'
        ? { user: login.user, pass: login.password }
        : { user: login.user, accessToken: login.accessToken },
    logger: false,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: 60_000,
  };
  const client = new ImapFlow(options);
  // Without a listener an error after the connection would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await run(client);
  } catch (error) {
    throw error instanceof MailServerFault ? error : toFault(error, server);
  } finally {
    await client.logout().catch(() => client.close());
  }
}

function toFault(error: unknown, server: Server): MailServerFault {
  const read = (name: string): unknown =>
    error instanceof Error && name in error ? Reflect.get(error, name) : undefined;
  const said = String(read('responseText') ?? (error instanceof Error ? error.message : error))
    .replace(/\s+/g, ' ')
    .slice(0, 300);
  const place = `${server.host}:${server.port}`;
  if (read('authenticationFailed') === true)
    return new MailServerFault('login', `${place} does not accept the login: ${said}`);
  return new MailServerFault('unreachable', `${place} could not be read: ${said}`);
}
