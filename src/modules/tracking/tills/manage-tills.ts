import QRCode from 'qrcode';
import type { Tx } from '#infra/db/database.ts';
import { hashToken, newToken } from '#infra/guest-links/secrets.ts';
import type { Actor, Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { isKnownCurrency } from '#kernel/money.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type {
  createTill as createEndpoint,
  getTill as getEndpoint,
  showTillLink as linkEndpoint,
  listTills as listEndpoint,
  drawTillPoster as posterEndpoint,
  Till,
  TillEvent,
  undoTillEvent as undoEndpoint,
  updateTill as updateEndpoint,
} from '../api.ts';
import { trackingError } from '../errors.ts';
import { insertSource } from '../queries/order-sources.ts';
import {
  changeTill,
  insertTill,
  replaceTillToken,
  selectTillEvent,
  selectTillEvents,
  selectTills,
  type TillWithDay,
  tillNamed,
} from '../queries/tills.ts';
import type { SecretBox } from '../secret-box.ts';
import { drawPoster } from './draw-poster.ts';
import { presentTill, presentTillEvents } from './present-till.ts';
import { undoEvent } from './redeem.ts';

export async function listTills(infra: Infra, call: Call<typeof listEndpoint>): Promise<Till[]> {
  return await infra.db.inWorkspace(call.workspaceId, async (tx) =>
    (await readTills(infra, tx, call.workspaceId)).map(presentTill),
  );
}

/** Makes a till with an order source of its own. Errors: tracking.till_taken, bad_terms for a currency there is none of. */
export async function createTill(
  infra: Infra,
  box: SecretBox,
  call: Call<typeof createEndpoint>,
): Promise<{ till: Till; link: string }> {
  const { workspaceId, input, actor } = call;
  const token = newToken();
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const at = infra.clock.now();
    const currency = input.currency?.toUpperCase() ?? (await getWorkspace(tx, workspaceId)).currency;
    if (!isKnownCurrency(currency))
      throw trackingError('bad_terms', `"${currency}" is no ISO 4217 currency code.`, [
        { field: 'currency', message: 'Not known' },
      ]);
    if ((await tillNamed(tx, workspaceId, input.name)) !== null) throw taken(input.name);
    const sourceId = newId('source', at.getTime());
    const id = newId('till', at.getTime());
    const named = await insertSource(tx, {
      workspaceId,
      id: sourceId,
      name: `Till: ${input.name}`,
      kind: 'till',
      sealedSecret: null,
      createdBy: actor.id,
    });
    if (!named) throw taken(`Till: ${input.name}`);
    const isNew = await insertTill(tx, {
      workspaceId,
      id,
      name: input.name,
      place: input.place,
      currency,
      sourceId,
      tokenHash: hashToken(token),
      tokenSealed: box.seal(token, id),
      createdBy: actor.id,
      at,
    });
    if (!isNew) throw taken(input.name);
    await audit(tx, call, { id, action: 'till.created', changes: { name: { to: input.name } } });
    return { till: presentTill(await readTill(infra, tx, workspaceId, id)), link: linkOf(infra, token) };
  });
}

/** A till and what was noted there. Error: not_found. */
export async function getTill(
  infra: Infra,
  call: Call<typeof getEndpoint>,
): Promise<{ till: Till; events: TillEvent[] }> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const till = await readTill(infra, tx, workspaceId, input.tillId);
    const rows = await selectTillEvents(tx, workspaceId, { tillId: till.id, since: null, limit: input.limit });
    return { till: presentTill(till), events: await presentTillEvents(tx, workspaceId, rows) };
  });
}

/** Errors: not_found, tracking.till_taken. */
export async function updateTill(infra: Infra, call: Call<typeof updateEndpoint>): Promise<Till> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await readTill(infra, tx, workspaceId, input.tillId);
    const after = {
      id: before.id,
      name: input.name ?? before.name,
      place: input.place ?? before.place,
      isOpen: input.isOpen ?? before.is_open,
    };
    const other = await tillNamed(tx, workspaceId, after.name);
    if (other !== null && other !== before.id) throw taken(after.name);
    await changeTill(tx, workspaceId, after);
    await audit(tx, call, {
      id: before.id,
      action: 'till.changed',
      changes: {
        name: { from: before.name, to: after.name },
        place: { from: before.place, to: after.place },
        isOpen: { from: before.is_open, to: after.isOpen },
      },
    });
    return presentTill(await readTill(infra, tx, workspaceId, before.id));
  });
}

/** The link for the staff; a new one ends the old one at once. Errors: not_found, tracking.till_unknown when the kept one cannot be opened. */
export async function showTillLink(
  infra: Infra,
  box: SecretBox,
  call: Call<typeof linkEndpoint>,
): Promise<{ till: Till; link: string }> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const till = await readTill(infra, tx, workspaceId, input.tillId);
    if (!input.isNew) return { till: presentTill(till), link: linkOf(infra, openToken(box, till)) };
    const token = newToken();
    await replaceTillToken(tx, workspaceId, {
      id: till.id,
      tokenHash: hashToken(token),
      tokenSealed: box.seal(token, till.id),
    });
    await audit(tx, call, { id: till.id, action: 'till.link-replaced', changes: {} });
    return { till: presentTill(till), link: linkOf(infra, token) };
  });
}

/** Errors: those of the link. */
export async function drawTillPoster(
  infra: Infra,
  box: SecretBox,
  call: Call<typeof posterEndpoint>,
): Promise<Download> {
  const { workspaceId, input } = call;
  const { till, brand } = await infra.db.inWorkspace(workspaceId, async (tx) => ({
    till: await readTill(infra, tx, workspaceId, input.tillId),
    brand: (await getWorkspace(tx, workspaceId)).name,
  }));
  const link = linkOf(infra, openToken(box, till));
  const qr = QRCode.create(link, { errorCorrectionLevel: 'M' });
  return {
    fileName: 'till.svg',
    contentType: 'image/svg+xml',
    body: drawPoster({ name: till.name, place: till.place, brand, modules: qr.modules }),
  };
}

/** Takes back what was noted, however long ago. Error: not_found. */
export async function undoTillEvent(infra: Infra, call: Call<typeof undoEndpoint>): Promise<TillEvent> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const till = await readTill(infra, tx, workspaceId, input.tillId);
    const event = await selectTillEvent(tx, workspaceId, { tillId: till.id, id: input.eventId });
    if (event === undefined) throw notFound('event');
    await audit(tx, call, { id: till.id, action: 'till.undone', changes: { event: event.id, receipt: event.receipt } });
    return await undoEvent(infra, tx, { workspaceId, sourceId: till.source_id, event });
  });
}

async function readTills(infra: Infra, tx: Tx, workspaceId: string, id?: string): Promise<TillWithDay[]> {
  const { timeZone } = await getWorkspace(tx, workspaceId);
  return await selectTills(tx, workspaceId, { day: dayIn(timeZone, infra.clock.now()), timeZone, id });
}

export async function readTill(infra: Infra, tx: Tx, workspaceId: string, id: string): Promise<TillWithDay> {
  const [till] = await readTills(infra, tx, workspaceId, id);
  if (till === undefined) throw notFound('till');
  return till;
}

function openToken(box: SecretBox, till: TillWithDay): string {
  try {
    return box.open(till.token_sealed, till.id);
  } catch {
    throw trackingError('till_unknown', 'The link of this till came from another installation. Make a new one.');
  }
}

/** The secret stands behind the #, which browsers send to nobody. */
function linkOf(infra: Infra, token: string): string {
  return `${infra.config.publicUrl}/app/till#${token}`;
}

function taken(name: string) {
  return trackingError('till_taken', `There is a till named "${name}". Choose another name.`, [
    { field: 'name', message: 'Taken' },
  ]);
}

function audit(
  tx: Tx,
  call: { workspaceId: string; actor: Actor; requestId: string },
  of: { id: string; action: string; changes: Record<string, unknown> },
): Promise<void> {
  return recordAudit(tx, {
    workspaceId: call.workspaceId,
    actor: call.actor,
    requestId: call.requestId,
    action: of.action,
    subjectKind: 'till',
    subjectId: of.id,
    changes: of.changes,
  });
}
