import { createTransport } from 'nodemailer';
import type { MailConnection, OutgoingMail } from './carrier.ts';

export interface SmtpServer {
  /** Name or address to connect to. */
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS, which `requireTls` insists on. */
  isTls: boolean;
  requireTls: boolean;
  /** Name the certificate must carry when `host` is an address. */
  serverName?: string;
  login:
    | { kind: 'none' }
    | { kind: 'password'; user: string; password: string }
    | { kind: 'token'; user: string; accessToken: string };
  from: { name: string | null; address: string };
}

const connectMs = 15_000;
const answerMs = 60_000;

/** Opens one connection to a server, kept for a batch of mails. */
export function openSmtp(server: SmtpServer): MailConnection & { verify(): Promise<void> } {
  const transport = createTransport({
    pool: true,
    maxConnections: 1,
    maxMessages: 1000,
    host: server.host,
    port: server.port,
    secure: server.isTls,
    requireTLS: server.requireTls,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: answerMs,
    // A mail never names files or addresses to be read by this machine.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(server.serverName === undefined ? {} : { tls: { servername: server.serverName } }),
    ...loginOf(server.login),
  });
  return {
    send: async (mail) => {
      const info = await transport.sendMail(toWire(mail, server.from));
      return info.response;
    },
    verify: async () => void (await transport.verify()),
    close: () => transport.close(),
  };
}

function loginOf(login: SmtpServer['login']) {
  switch (login.kind) {
    case 'none':
      return {};
    case 'password':
      return { auth: { user: login.user, pass: login.password } };
    case 'token':
      return { auth: { type: 'OAuth2' as const, user: login.user, accessToken: login.accessToken } };
  }
}

function toWire(mail: OutgoingMail, from: SmtpServer['from']) {
  const { headers } = mail;
  const unsubscribe =
    headers.unsubscribeUrl === undefined
      ? {}
      : {
          'List-Unsubscribe': `<${headers.unsubscribeUrl}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        };
  return {
    // The envelope is given apart, so that nothing in a header adds a recipient.
    envelope: { from: from.address, to: [mail.to] },
    from: { name: from.name ?? '', address: from.address },
    to: { name: mail.toName ?? '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    ...(headers.pictureUrl === undefined ? {} : { html: toHtml(mail.text, headers.pictureUrl) }),
    messageId: mail.messageId,
    ...(mail.replyTo === null ? {} : { replyTo: mail.replyTo }),
    ...(headers.inReplyTo === undefined ? {} : { inReplyTo: headers.inReplyTo }),
    ...(headers.references === undefined ? {} : { references: headers.references }),
    headers: {
      ...unsubscribe,
      ...(headers.autoSubmitted === undefined ? {} : { 'Auto-Submitted': headers.autoSubmitted }),
    },
    attachments: mail.attachments.map((one) => ({
      filename: one.name,
      contentType: one.contentType,
      content: one.content,
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function toHtml(text: string, pictureUrl: string): string {
  const escaped = (words: string) =>
    words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const linked = escaped(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
  const paragraphs = linked
    .split(/\n{2,}/)
    .map((part) => `<p>${part.replaceAll('\n', '<br>')}</p>`)
    .join('');
  return `<div>${paragraphs}<img src="${escaped(pictureUrl)}" width="1" height="1" alt=""></div>`;
}
