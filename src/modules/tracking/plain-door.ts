import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Knock, Reply } from './knock.ts';

/** Answers a knock, now or later; false when it is none of the short links'. */
export type Visit = (knock: Knock, reply: Reply) => boolean;

const headBytesMax = 16 * 1024;
const idleMs = 65_000;
// What the plain reader understands: one whole GET or HEAD without a body. Whatever is said otherwise is left to node:http.
const requestLine = /^(GET|HEAD) (\/[!-~]*) HTTP\/1\.1$/;

/**
 * Puts a short way in front of a server: a connection's requests for short links are read and answered from the socket, which takes half
 * the time of a node:http exchange; at the first request that is not a plain one for a link, the connection is handed to node:http with
 * all it has sent, for good. Both doors ask the same `visit`, so there is one set of rules. `close` ends waiting connections, and the others after their answer.
 */
export function openPlainDoor(server: Server, visit: Visit): { close(): void } {
  const waiting = new Set<Socket>();
  const state = { isClosing: false };
  const fullDoor = server.listeners('connection');
  server.removeAllListeners('connection');
  const handOver = (socket: Socket, bytes: Buffer | null) => {
    for (const listener of fullDoor) listener.call(server, socket);
    if (bytes !== null) socket.unshift(bytes);
  };
  server.on('connection', (socket: Socket) => {
    socket.setNoDelay(true);
    serve(socket, { visit, handOver, waiting, state });
  });
  return {
    close: () => {
      state.isClosing = true;
      for (const socket of waiting) socket.destroy();
    },
  };
}

interface Door {
  visit: Visit;
  handOver(socket: Socket, bytes: Buffer | null): void;
  /** Connections that wait for a request, none of theirs being answered. */
  waiting: Set<Socket>;
  state: { isClosing: boolean };
}

function serve(socket: Socket, door: Door): void {
  const peer = socket.remoteAddress ?? '';
  let isAnswering = false;
  let isEnding = false;
  const leave = () => {
    door.waiting.delete(socket);
    socket.removeListener('data', read);
    socket.removeListener('timeout', onTimeout);
    socket.removeListener('error', onError);
    socket.removeListener('close', onClose);
    socket.removeListener('end', onEnd);
    socket.setTimeout(0);
  };
  const onTimeout = () => {
    // One that is being answered ends by its own means.
    if (!isAnswering) socket.destroy();
  };
  const onError = () => socket.destroy();
  const onClose = () => door.waiting.delete(socket);
  // The other side sends no more; what it asked for last is still answered.
  const onEnd = () => {
    isEnding = true;
    if (!isAnswering) socket.end();
  };
  const onAnswered = () => {
    isAnswering = false;
    if (isEnding || door.state.isClosing) {
      socket.end();
      return;
    }
    door.waiting.add(socket);
    if (socket.isPaused()) socket.resume();
  };
  const read = (bytes: Buffer) => {
    const knock = isAnswering ? null : readKnock(bytes, peer);
    if (knock === null && isAnswering) {
      // A client that sends the next request before the answer to the last: kept until then.
      socket.pause();
      socket.unshift(bytes);
      return;
    }
    if (knock !== null) {
      isAnswering = true;
      door.waiting.delete(socket);
      if (door.visit(knock, plainReply(socket, knock.method === 'HEAD', onAnswered))) return;
      isAnswering = false;
    }
    leave();
    door.handOver(socket, bytes);
  };
  door.waiting.add(socket);
  socket.setTimeout(idleMs);
  socket.on('timeout', onTimeout);
  socket.on('error', onError);
  socket.on('close', onClose);
  socket.on('end', onEnd);
  socket.on('data', read);
}

/** Reads one whole request; null for anything that is not exactly one plain GET or HEAD of HTTP/1.1. */
export function readKnock(bytes: Buffer, peer: string): Knock | null {
  const { length } = bytes;
  if (length > headBytesMax || length < 18 || bytes[length - 1] !== 10 || bytes[length - 3] !== 10) return null;
  // The way the headers of node:http come: one character a byte.
  const text = bytes.toString('latin1');
  if (text.indexOf('\r\n\r\n') !== length - 4) return null;
  let end = text.indexOf('\r\n');
  const line = requestLine.exec(text.slice(0, end));
  if (line === null) return null;
  const knock: Knock = {
    method: line[1] ?? 'GET',
    url: line[2] ?? '/',
    host: '',
    userAgent: '',
    referrer: '',
    cookie: '',
    purpose: '',
    asksPrivacy: false,
    forwardedFor: '',
    peer,
  };
  while (end < length - 4) {
    const at = end + 2;
    end = text.indexOf('\r\n', at);
    const colonAt = text.indexOf(':', at);
    if (colonAt === -1 || colonAt > end) return null;
    if (!take(knock, text.slice(at, colonAt).toLowerCase(), text.slice(colonAt + 1, end))) return null;
  }
  return knock.host === '' ? null : knock;
}

// The names of RFC 9110: a space before the colon or a folded line is no name, and such a request goes to node:http, which refuses it.
const headerName = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not stand in a value.
const oddValue = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Notes what a header says; false when the request is no plain one. */
function take(knock: Knock, name: string, raw: string): boolean {
  if (oddValue.test(raw)) return false;
  switch (name) {
    case 'host':
      if (knock.host !== '') return false;
      knock.host = raw.trim();
      return true;
    case 'user-agent':
      knock.userAgent = knock.userAgent === '' ? raw.trim() : knock.userAgent;
      return true;
    case 'referer':
      knock.referrer = knock.referrer === '' ? raw.trim() : knock.referrer;
      return true;
    case 'cookie':
      knock.cookie = knock.cookie === '' ? raw.trim() : `${knock.cookie}; ${raw.trim()}`;
      return true;
    case 'sec-purpose':
    case 'purpose':
    case 'x-purpose':
    case 'x-moz':
      knock.purpose += ` ${raw.trim()}`;
      return true;
    case 'sec-gpc':
    case 'dnt':
      knock.asksPrivacy ||= raw.trim() === '1';
      return true;
    case 'x-forwarded-for':
      knock.forwardedFor = knock.forwardedFor === '' ? raw.trim() : `${knock.forwardedFor},${raw.trim()}`;
      return true;
    case 'connection':
      return raw.trim().toLowerCase() === 'keep-alive';
    case 'content-length':
    case 'transfer-encoding':
    case 'upgrade':
    case 'expect':
    case 'trailer':
      return false;
    default:
      return headerName.test(name);
  }
}

const keepAlive = `Connection: keep-alive\r\nKeep-Alive: timeout=${idleMs / 1000}\r\n`;

function plainReply(socket: Socket, isHead: boolean, onAnswered: () => void): Reply {
  return {
    redirect: (location, cookies) => {
      let head = `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nCache-Control: no-store\r\nContent-Length: 0\r\n`;
      for (const cookie of cookies) head += `Set-Cookie: ${cookie}\r\n`;
      socket.write(`${head}Date: ${httpDate()}\r\n${keepAlive}\r\n`, 'latin1');
      onAnswered();
    },
    page: (status, body, headers) => {
      let head = `HTTP/1.1 ${status} ${phrases[status] ?? 'Answer'}\r\nContent-Length: ${body.length}\r\n`;
      for (let at = 0; at < headers.length; at += 2) head += `${headers[at]}: ${headers[at + 1]}\r\n`;
      socket.write(`${head}Date: ${httpDate()}\r\n${keepAlive}\r\n`, 'latin1');
      if (!isHead) socket.write(body);
      onAnswered();
    },
  };
}

const phrases: Readonly<Record<number, string>> = {
  200: 'OK',
  401: 'Unauthorized',
  404: 'Not Found',
  410: 'Gone',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

let dateSecond = 0;
let dateText = '';

function httpDate(): string {
  const now = Date.now();
  const second = Math.floor(now / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = new Date(now).toUTCString();
  }
  return dateText;
}
