// A process that writes clicks until it is killed. It prints the id of each click once that click is acknowledged.
// Arguments: folder of click logs, workspace, link, secret, pause after each click of a lane in milliseconds.
import { join } from 'node:path';
import { createLogger } from '#infra/log.ts';
import { createClickIds } from '../../src/modules/tracking/click-id.ts';
import { openClickLog } from '../../src/modules/tracking/click-log/append-clicks.ts';
import { encodeClick } from '../../src/modules/tracking/click-log/click-record.ts';
import { makeOwnFolder } from '../../src/modules/tracking/click-log/own-folder.ts';

const [root = '', workspaceId = '', linkId = '', secret = '', pauseMs = '0'] = process.argv.slice(2);
const atOnce = 32;
const ids = createClickIds(secret);
const dir = join(root, makeOwnFolder(root, Date.now()));
const clickLog = openClickLog({ dir, log: createLogger('error'), segmentBytesMax: 20_000 });
let visitor = 0;

function writeOne(): void {
  const atMs = Date.now();
  const clickId = ids.make(linkId, atMs);
  visitor += 1;
  const visitorHash = Buffer.from(`${process.pid}-${visitor}`.padStart(16, '0')).toString('base64url');
  const record = encodeClick({
    workspaceId,
    linkId,
    clickId,
    atMs,
    dropReason: null,
    visitorHash,
    country: null,
    userAgent: 'x',
    referrer: '',
    isQr: false,
    consent: 'unasked',
    route: null,
    prefixHash: null,
    adParam: null,
  });
  clickLog.append(record, (fault) => {
    if (fault === null) process.stdout.write(`${clickId}\n`);
    if (pauseMs === '0') writeOne();
    else setTimeout(writeOne, Number(pauseMs));
  });
}

for (let i = 0; i < atOnce; i += 1) writeOne();
