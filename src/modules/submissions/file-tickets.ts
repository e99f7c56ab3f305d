import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long a page may stay open before its pictures have to be asked for anew. */
const ticketMs = 6 * 3_600_000;
const label = 'submissions.file-ticket';

export interface FileTicket {
  linkId: string;
  workspaceId: string;
  submissionId: string;
  fileId: string;
}

/** A pass to one file for whoever looks at it by a link: pictures are fetched by address, and the link's own secret must not stand in one. */
export function makeTicket(secret: string, of: FileTicket, at: Date): string {
  const body = [of.linkId, of.workspaceId, of.submissionId, of.fileId, String(at.getTime() + ticketMs)].join('.');
  return `${Buffer.from(body).toString('base64url')}.${sign(secret, body)}`;
}

/** What a pass is for; null when it is forged or over. */
export function readTicket(secret: string, ticket: string, at: Date): FileTicket | null {
  const [packed = '', given = ''] = ticket.split('.');
  const body = Buffer.from(packed, 'base64url').toString('utf8');
  const expected = Buffer.from(sign(secret, body));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return null;
  const [linkId, workspaceId, submissionId, fileId, until] = body.split('.');
  if (linkId === undefined || workspaceId === undefined || submissionId === undefined || fileId === undefined)
    return null;
  return Number(until) > at.getTime() ? { linkId, workspaceId, submissionId, fileId } : null;
}

function sign(secret: string, body: string): string {
  const key = createHmac('sha256', secret).update(label).digest();
  return createHmac('sha256', key).update(body).digest('base64url');
}
