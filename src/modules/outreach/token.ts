import { createHmac, timingSafeEqual } from 'node:crypto';

export type TokenUse = 'unsubscribe' | 'open';

const macChars = 24;

/** Names a mail to whoever received it: nobody else can make one, and nothing about the mail can be read from it but its ids. */
export function makeToken(secret: string, use: TokenUse, of: { workspaceId: string; messageId: string }): string {
  return `${of.workspaceId}.${of.messageId}.${macOf(secret, use, `${of.workspaceId}.${of.messageId}`)}`;
}

/** Null for what this installation did not make for this use. */
export function readToken(
  secret: string,
  use: TokenUse,
  token: string,
): { workspaceId: string; messageId: string } | null {
  const [workspaceId = '', messageId = '', mac = ''] = token.split('.');
  const wanted = Buffer.from(macOf(secret, use, `${workspaceId}.${messageId}`));
  const given = Buffer.from(mac);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  return { workspaceId, messageId };
}

function macOf(secret: string, use: TokenUse, text: string): string {
  const key = createHmac('sha256', secret).update(`outreach.${use}`).digest();
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, macChars);
}
