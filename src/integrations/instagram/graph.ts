import { type ConnectorAccess, ConnectorFault } from '#modules/creators/index.ts';
import { callApi, type Reach } from '../call-api.ts';
import { throwFault } from './read-answer.ts';

const base = 'https://graph.facebook.com/v25.0';
export const name = 'Instagram';

/** A connection while it is read. */
export interface At {
  reach: Reach;
  access: ConnectorAccess;
}

/** Id of the connected account. Error: credentials when the one entered is none. */
export function ownId(access: ConnectorAccess): string {
  const id = access.settings.userId ?? '';
  if (!/^\d{5,25}$/.test(id))
    throw new ConnectorFault(
      'credentials',
      `"${id.slice(0, 40)}" is not the id of an Instagram account, which is a number.`,
    );
  return id;
}

/** One request of the Graph API; what is no 200 is a ConnectorFault. */
export async function get({ reach, access }: At, path: string, params: Record<string, string>) {
  const answer = await callApi(reach, {
    name,
    url: `${base}/${path}?${new URLSearchParams(params)}`,
    headers: { authorization: `Bearer ${access.credentials.accessToken ?? ''}` },
    signal: access.signal,
    now: access.now,
  });
  if (answer.status !== 200) throwFault(answer, access.now);
  return answer;
}

/** The answer, or why there is none where the account, its permissions or its posts do not allow it; other faults go on. */
export async function getAllowed(
  at: At,
  path: string,
  params: Record<string, string>,
): Promise<{ answer: Awaited<ReturnType<typeof get>> } | { why: string }> {
  try {
    return { answer: await get(at, path, params) };
  } catch (error) {
    if (!(error instanceof ConnectorFault)) throw error;
    if (!['credentials', 'closed', 'gone', 'malformed'].includes(error.kind)) throw error;
    return { why: error.message.slice(0, 300) };
  }
}
