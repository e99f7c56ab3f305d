import { createHmac, timingSafeEqual } from 'node:crypto';

const macChars = 24;

/** Names a workspace's survey page to whoever has its link; nobody else can make one. */
export function makeSurveyToken(secret: string, of: { workspaceId: string; linkNo: number }): string {
  return `${of.workspaceId}.${of.linkNo}.${macOf(secret, `${of.workspaceId}.${of.linkNo}`)}`;
}

/** Null for what this installation did not make. */
export function readSurveyToken(secret: string, token: string): { workspaceId: string; linkNo: number } | null {
  const [workspaceId = '', linkNo = '', mac = ''] = token.split('.');
  const wanted = Buffer.from(macOf(secret, `${workspaceId}.${linkNo}`));
  const given = Buffer.from(mac);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  return { workspaceId, linkNo: Number(linkNo) };
}

function macOf(secret: string, text: string): string {
  const key = createHmac('sha256', secret).update('attribution.survey').digest();
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, macChars);
}
