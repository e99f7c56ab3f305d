// One redirect process of the bench: the program behind its own short-link door, on a database and data folder it is given.
// Started by redirect.ts; tells its parent when it listens and ends when told to.
import { createServer } from 'node:http';
import { openCore } from '#app/core.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';

const { BENCH_ADMIN_URL = '', BENCH_SECRET = '', BENCH_PORT = '0' } = process.env;

const core = await openCore({
  config: readConfig(process.env),
  adminUrl: BENCH_ADMIN_URL,
  secret: BENCH_SECRET,
  log: createLogger('error'),
});
const server = createServer((request, response) => {
  if (!core.modules.tracking.redirect(request, response)) response.writeHead(404).end();
});
const linkDoor = core.modules.tracking.stepInFront(server);
server.listen({ port: Number(BENCH_PORT), host: '127.0.0.1', reusePort: true }, () => process.send?.('ready'));

process.on('message', async (message) => {
  if (message !== 'stop') return;
  server.close();
  linkDoor.close();
  server.closeAllConnections();
  await core.stop();
  process.exit(0);
});
