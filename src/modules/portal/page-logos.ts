import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type ApplicationPage,
  type getApplicationLogo,
  logoBytesMax,
  logoEdges,
  type putApplicationLogo,
  type removeApplicationLogo,
} from './api.ts';
import { portalError } from './errors.ts';
import { presentPage } from './manage-pages.ts';
import { dropLogo, selectLogos, swapLogo } from './queries/application-logos.ts';
import { pageByAddress, pageById } from './queries/application-pages.ts';

/** Keeps an uploaded logo in place of the one before. Errors: not_found; files.not_accepted; portal.invalid when it is too small or too large to draw. */
export async function putLogo(infra: Infra, call: Call<typeof putApplicationLogo>): Promise<ApplicationPage> {
  const { workspaceId, input, actor } = call;
  const { pageId } = input;
  await infra.db.inWorkspace(workspaceId, (tx) => needPage(tx, workspaceId, pageId));
  const file = await infra.files.keep(workspaceId, {
    content: call.request.body,
    name: 'logo',
    accept: ['image'],
    bytesMax: logoBytesMax,
    by: actor.name,
  });
  const forget = () => infra.db.inWorkspace(workspaceId, (tx) => infra.files.remove(tx, workspaceId, file.id));
  const edges = [file.width ?? 0, file.height ?? 0];
  if (Math.min(...edges) < logoEdges.min || Math.max(...edges) > logoEdges.max) {
    await forget();
    const message = `The picture is ${edges.join(' x ')} pixels; a logo has ${logoEdges.min} to ${logoEdges.max} on each side.`;
    throw portalError('invalid', message, [{ field: 'file', message }]);
  }
  try {
    return await infra.db.inWorkspace(workspaceId, async (tx) => {
      await needPage(tx, workspaceId, pageId);
      const place = { workspaceId, pageId, fileId: file.id, by: actor.name, at: infra.clock.now() };
      const before = await swapLogo(tx, place);
      if (before !== null) await infra.files.remove(tx, workspaceId, before);
      await audit(tx, call, { pageId, action: 'application_page.logo_put' });
      return presentPage(infra, tx, { workspaceId, pageId });
    });
  } catch (error) {
    await forget();
    throw error;
  }
}

/** Error: not_found. */
export function takeLogoOff(infra: Infra, call: Call<typeof removeApplicationLogo>): Promise<ApplicationPage> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await needPage(tx, workspaceId, input.pageId);
    const before = await dropLogo(tx, workspaceId, input.pageId);
    if (before !== null) {
      await infra.files.remove(tx, workspaceId, before);
      await audit(tx, call, { pageId: input.pageId, action: 'application_page.logo_removed' });
    }
    return presentPage(infra, tx, { workspaceId, pageId: input.pageId });
  });
}

/** The logo as the program drew it: no bytes of the upload reach a visitor. Error: not_found, for a draft too. */
export async function openLogo(infra: Infra, call: Call<typeof getApplicationLogo>): Promise<Download> {
  const { workspaceSlug, pageSlug } = call.input;
  const page = await infra.db.asSystem((tx) => pageByAddress(tx, workspaceSlug, pageSlug));
  if (page === undefined) throw notFound('logo');
  const { workspace_id: workspaceId } = page;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const fileId = (await selectLogos(tx, workspaceId)).get(page.id);
    if (fileId === undefined) throw notFound('logo');
    const preview = infra.files.preview(await infra.files.get(tx, workspaceId, fileId));
    if (preview === null) throw notFound('logo');
    // The address stays the same when the logo changes, so it is not kept for ever.
    return { ...preview, isShown: false };
  });
}

async function needPage(tx: Tx, workspaceId: string, pageId: string): Promise<void> {
  if ((await pageById(tx, workspaceId, pageId)) === undefined) throw notFound('application page');
}

function audit(
  tx: Tx,
  call: Pick<Call, 'workspaceId' | 'actor' | 'requestId'>,
  what: { pageId: string; action: string },
) {
  const { workspaceId, actor, requestId } = call;
  const subject = { subjectKind: 'application_page', subjectId: what.pageId };
  return recordAudit(tx, { workspaceId, actor, requestId, action: what.action, ...subject, changes: {} });
}
