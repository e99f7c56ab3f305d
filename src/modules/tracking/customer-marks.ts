import { createHmac } from 'node:crypto';
import type { Infra } from '#infra/module.ts';
import type { CustomerMarks } from './rules/order-facts.ts';
import { readMailAddress } from './rules/read-mail-address.ts';

/**
 * What is kept of an address beside its hash, so that two spellings of one mailbox can be told for one and a mailbox thrown away for what it is: hashes that only this
 * workspace of this installation can make, and the kind of host. Null for text that is no address.
 */
export function customerMarks(infra: Infra, workspaceId: string, email: string): CustomerMarks | null {
  const address = readMailAddress(email);
  if (address === null) return null;
  const keyed = (what: string, text: string) =>
    createHmac('sha256', infra.secret).update(`${what}:${workspaceId}:${text}`).digest('hex');
  return {
    mailbox: keyed('mailbox', address.normal),
    // A host that everybody uses says nothing of who it is.
    host: address.kind === 'own' ? keyed('mail-host', address.host) : null,
    kind: address.kind,
  };
}
