import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';

export interface Telling {
  workspaceId: string;
  email: string;
  /** Null where nobody has looked at it yet: what a stranger typed is sent to no address a stranger typed. */
  name: string | null;
  /** One mail a key, for ever. */
  key: string;
  isMailed: boolean;
  subject: string;
  text: (brand: string) => string;
}

/** Tells an applicant by mail what was decided. `off`: nothing carries mail here. */
export async function tellApplicant(infra: Infra, tx: Tx, of: Telling): Promise<'queued' | 'off' | 'not_asked'> {
  if (!of.isMailed) return 'not_asked';
  const { workspaceId } = of;
  const { name } = await getWorkspace(tx, workspaceId);
  const { state } = await infra.mail.queue(tx, {
    workspaceId,
    to: of.email,
    ...(of.name === null ? {} : { toName: of.name.replace(/[\r\n]+/g, ' ') }),
    kind: 'transactional',
    subject: `${of.subject}: ${name}`,
    text: of.text(name),
    key: of.key,
  });
  return state;
}

/** Tells who did not fit the rules of a page, once for each address and page, however often somebody tries. */
export function tellDeclined(
  infra: Infra,
  tx: Tx,
  of: { page: { id: string; workspace_id: string; title: string }; email: string; reason: string },
): Promise<'queued' | 'off' | 'not_asked'> {
  const { page, email, reason } = of;
  return tellApplicant(infra, tx, {
    workspaceId: page.workspace_id,
    email,
    name: null,
    key: `application-declined:${page.id}:${email}`,
    isMailed: true,
    subject: 'About your application',
    text: (brand) => `Hello,\n\nyou applied at ${brand}: ${page.title}.\n\n${reason}\n`,
  });
}
