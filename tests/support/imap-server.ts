import { type ChildProcess, spawn } from 'node:child_process';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../../scripts/find-programs.mjs';

const program = findProgram('dovecot');
const startMs = 20_000;
const nobody = 65_534;

/** Why tests of mailboxes are skipped here, null when they run. With CI=true a missing dovecot is a failure, never a skip. */
export const noImapServer: string | null =
  program !== null || process.env.CI === 'true' ? null : 'skipped: no dovecot (install dovecot-imapd)';

export interface ImapServer {
  port: number;
  password: string;
  /** Puts a mail into a user's folder, as the world's mail servers do; the inbox unless said. */
  deliver(user: string, raw: string, folder?: 'INBOX' | 'Sent'): Promise<void>;
  close(): Promise<void>;
}

/** Debian's dovecot with a configuration, folders and users of its own, on a free port. Any user name is let in with the password. */
export async function openImapServer(): Promise<ImapServer> {
  if (program === null) throw new Error('dovecot is missing: install dovecot-imapd.');
  const dir = await mkdtemp(join(tmpdir(), 'rapport-imap-'));
  const port = await freePort();
  const password = 'letters_only';
  const isRoot = process.getuid?.() === 0;
  const uid = isRoot ? nobody : (process.getuid?.() ?? nobody);
  const gid = isRoot ? nobody : (process.getgid?.() ?? nobody);
  const mail = join(dir, 'mail');
  await mkdir(mail, { mode: 0o777 });
  if (isRoot) {
    await chown(dir, uid, gid);
    await chown(mail, uid, gid);
  }
  await writeFile(join(dir, 'dovecot.conf'), configuration({ dir, port, password, uid, gid, isRoot }));
  const server = spawn(program, ['-F', '-c', join(dir, 'dovecot.conf')], { stdio: 'ignore' });
  await untilOpen(server, { port, log: join(dir, 'log') });
  let count = 0;
  return {
    port,
    password,
    deliver: async (user, raw, folder = 'INBOX') => {
      const box = join(mail, user, 'Maildir', folder === 'INBOX' ? '' : `.${folder}`);
      for (const part of [join(mail, user), join(mail, user, 'Maildir'), box]) {
        await mkdir(part, { recursive: true });
        if (isRoot) await chown(part, uid, gid);
      }
      for (const part of ['tmp', 'new', 'cur']) {
        await mkdir(join(box, part), { recursive: true });
        if (isRoot) await chown(join(box, part), uid, gid);
      }
      count += 1;
      const file = join(
        box,
        'new',
        `${Math.floor(Date.now() / 1000)}.M${String(count).padStart(6, '0')}P${process.pid}.test`,
      );
      await writeFile(file, raw.replace(/\r?\n/g, '\r\n'));
      if (isRoot) await chown(file, uid, gid);
    },
    close: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function configuration(of: {
  dir: string;
  port: number;
  password: string;
  uid: number;
  gid: number;
  isRoot: boolean;
}): string {
  const { dir, port, password, uid, gid } = of;
  const me = userInfo().username;
  // Debian's own users exist where dovecot was installed; without root everything runs as whoever tests.
  const users = of.isRoot
    ? ''
    : `default_internal_user = ${me}\ndefault_login_user = ${me}\ndefault_internal_group = ${gid}\n`;
  return `
protocols = imap
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:${dir}/mail/%u/Maildir
${users}
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${dir}/mail/%u
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
  # A wrong password costs no waiting here.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', () => resolve()));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}

async function untilOpen(server: ChildProcess, at: { port: number; log: string }): Promise<void> {
  const until = Date.now() + startMs;
  while (Date.now() < until) {
    if (server.exitCode !== null) break;
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(at.port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`dovecot did not start: ${await readFile(at.log, 'utf8').catch(() => 'no log')}`);
}
