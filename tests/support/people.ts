import { type Client, createClient } from '#client/client.ts';
import { newId } from '#kernel/id.ts';
import type { Role } from '#modules/workspaces/api.ts';
import { hashPassword } from '#modules/workspaces/passwords.ts';
import type { TestCore } from './core.ts';

export const goodPassword = 'a long walk by the sea';

/** Makes a person without a workspace, straight in the tables, and returns their id. */
export async function createPerson(test: TestCore, email: string): Promise<string> {
  const id = newId('user');
  const password = await hashPassword(goodPassword);
  const name = email.split('@')[0] ?? email;
  await test.database.db.asSystem(async (tx) => {
    await tx.insertInto('app_user').values({ id, name, email }).execute();
    await tx
      .insertInto('user_account')
      .values({ id: newId('account'), user_id: id, provider_id: 'credential', account_id: id, password })
      .execute();
  });
  return id;
}

/** Makes a person a member, straight in the tables, and returns the member's id. */
export async function addMember(
  test: TestCore,
  workspaceId: string,
  member: { userId: string; role: Role },
): Promise<string> {
  const id = newId('member');
  await test.database.db.asSystem((tx) =>
    tx
      .insertInto('member')
      .values({ workspace_id: workspaceId, id, user_id: member.userId, role: member.role })
      .execute(),
  );
  return id;
}

/** Signs in as a browser does and returns the answer with its cookies. */
export async function signInAnswer(
  test: TestCore,
  who: { email: string; password?: string; cookie?: string },
): Promise<Response> {
  const headers = new Headers({ 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' });
  if (who.cookie !== undefined) headers.set('cookie', who.cookie);
  const body = JSON.stringify({ email: who.email, password: who.password ?? goodPassword });
  return test.fetch(new Request('http://localhost:4600/api/auth/sign-in/email', { method: 'POST', headers, body }));
}

/** The Cookie header a browser would send after this answer. */
export function cookieOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');
}

export interface Browser {
  cookie: string;
  client: Client;
  fetch(path: string, init?: { method?: string; body?: unknown; headers?: Record<string, string> }): Promise<Response>;
}

/** A signed-in browser, acting in a workspace. */
export async function openBrowser(test: TestCore, email: string, workspace: string | null = null): Promise<Browser> {
  const answer = await signInAnswer(test, { email });
  if (!answer.ok) throw new Error(`sign-in of ${email} failed: ${await answer.text()}`);
  return browserWith(test, cookieOf(answer), workspace);
}

export function browserWith(test: TestCore, cookie: string, workspace: string | null = null): Browser {
  const send = (request: Request) => {
    request.headers.set('cookie', cookie);
    if (!request.headers.has('sec-fetch-site')) request.headers.set('sec-fetch-site', 'same-origin');
    return test.fetch(request);
  };
  return {
    cookie,
    client: createClient({ baseUrl: 'http://localhost:4600', fetch: send, workspace: () => workspace }),
    fetch: (path, init = {}) =>
      send(
        new Request(`http://localhost:4600${path}`, {
          method: init.method ?? 'GET',
          headers: { ...(workspace === null ? {} : { 'rapport-workspace': workspace }), ...init.headers },
          ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
        }),
      ),
  };
}
