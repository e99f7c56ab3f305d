import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { postgresError } from './errors.ts';

// Below 32768, where Linux begins to hand out ports to outgoing connections: a port kept there would be taken some day.
const lowestPort = 20_000;
const highestPort = 32_000;
const attempts = 100;

/** A port on 127.0.0.1 that nobody listens on now; picked at random so that several starts at once do not meet. */
export async function pickPort(): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(lowestPort, highestPort);
    if (await isPortFree(port)) return port;
  }
  throw postgresError(
    'no_port',
    `No free port on 127.0.0.1 after ${attempts} tries between ${lowestPort} and ${highestPort}. See what listens there (\`ss -ltn\`), or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

/** True when a server could listen on that port of 127.0.0.1 now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** True when something accepts connections there. */
export function isPortOpen(host: string, port: number, timeoutMs = 1_000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
