import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { getProductPicture as getEndpoint, Product, uploadProductPicture as uploadEndpoint } from '../api.ts';
import { seedingError } from '../errors.ts';
import { lockProduct, selectProductsByIds } from '../queries/products.ts';
import { updateProductRow } from '../queries/write-products.ts';
import { getProductOf } from './present-products.ts';

export const pictureBytesMax = 10 * 1024 * 1024;

/** Gives an own product a picture. Errors: not_found, of_the_shop, files.not_accepted. */
export async function uploadPicture(infra: Infra, call: Call<typeof uploadEndpoint>): Promise<Product> {
  const { workspaceId, input, actor } = call;
  // Looked up before the file is read: what is not there takes no upload.
  const known = await infra.db.inWorkspace(workspaceId, (tx) =>
    selectProductsByIds(tx, workspaceId, [input.productId]),
  );
  if (known[0] === undefined) throw notFound('product');
  if (known[0].shop_id !== null) throw seedingError('of_the_shop', 'The picture comes from the shop. Change it there.');
  const file = await infra.files.keep(workspaceId, {
    content: call.request.body,
    name: input.fileName,
    accept: ['image'],
    bytesMax: pictureBytesMax,
    by: actor.name,
  });
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockProduct(tx, workspaceId, input.productId);
    if (row === undefined) throw notFound('product');
    const change = { picture_file_id: file.id };
    await updateProductRow(tx, workspaceId, { id: row.id, change, at: infra.clock.now() });
    if (row.picture_file_id !== null) await infra.files.remove(tx, workspaceId, row.picture_file_id);
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'product.picture-changed',
      subjectKind: 'product',
      subjectId: row.id,
      changes: { file: file.name },
    });
    return getProductOf(tx, workspaceId, row.id);
  });
}

/** The small picture. Error: not_found, also when there is none. */
export async function downloadPicture(infra: Infra, call: Call<typeof getEndpoint>): Promise<Download> {
  return infra.db.inWorkspace(call.workspaceId, (tx) =>
    pictureOf(infra, tx, { workspaceId: call.workspaceId, productId: call.input.productId }),
  );
}

export async function pictureOf(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; productId: string },
): Promise<Download> {
  const [product] = await selectProductsByIds(tx, of.workspaceId, [of.productId]);
  if (product === undefined) throw notFound('product');
  if (product.picture_file_id === null) throw notFound('picture');
  const preview = infra.files.preview(await infra.files.get(tx, of.workspaceId, product.picture_file_id));
  if (preview === null) throw notFound('picture');
  return preview;
}
