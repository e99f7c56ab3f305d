import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { oneClickUnsubscribe, readOpenPicture, readUnsubscribe } from './api.ts';
import { applyToRuns } from './apply-run-event.ts';
import { bar } from './do-not-contact.ts';
import { mailUnsubscribed } from './events.ts';
import { tell } from './follow-mail.ts';
import { selectMessage, updateMessageRow } from './queries/threads.ts';
import { isBarred } from './read-reach.ts';
import { readToken } from './token.ts';

// A picture of one clear point.
const picture = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Takes the address a mail was sent to off outreach, in every workspace. Pressed again it changes nothing. Error: not_found. */
export async function unsubscribe(
  infra: Infra,
  call: Call<typeof oneClickUnsubscribe>,
): Promise<{ isUnsubscribed: true }> {
  const named = readToken(infra.secret, 'unsubscribe', call.input.token);
  if (named === null) throw notFound('mail');
  const { workspaceId } = named;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const message = await selectMessage(tx, workspaceId, { id: named.messageId });
    if (message?.to_address == null) throw notFound('mail');
    const { to_address: email, person_id: personId, run_id: runId } = message;
    const wasBarred = (await isBarred(infra, tx, email)) !== null;
    const reason = 'Unsubscribed by the link in a mail';
    await bar(infra, tx, { workspaceId, personId, emails: [email], scope: 'outreach', source: 'unsubscribe', reason });
    if (runId !== null)
      await applyToRuns(infra, tx, { workspaceId, filter: { id: runId }, event: { kind: 'unsubscribed' } });
    if (!wasBarred) await tell(infra, tx, { name: mailUnsubscribed, message: { ...message, author_name: null } });
  });
  return { isUnsubscribed: true };
}

/** What the page asks before anybody presses: looking changes nothing, since programs look at links too. Error: not_found. */
export async function readChoice(infra: Infra, call: Call<typeof readUnsubscribe>) {
  const named = readToken(infra.secret, 'unsubscribe', call.input.token);
  if (named === null) throw notFound('mail');
  const { workspaceId } = named;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const message = await selectMessage(tx, workspaceId, { id: named.messageId });
    if (message?.to_address == null) throw notFound('mail');
    const { name } = await getWorkspace(tx, workspaceId);
    const isUnsubscribed = (await isBarred(infra, tx, message.to_address)) !== null;
    return { sender: name, address: shortened(message.to_address), isUnsubscribed };
  });
}

/** Notes the first time a picture is loaded. The answer is the same for every token, so that nothing can be learned by asking. */
export async function openPicture(infra: Infra, call: Call<typeof readOpenPicture>): Promise<Download> {
  const named = readToken(infra.secret, 'open', call.input.token);
  if (named !== null) {
    const { workspaceId, messageId } = named;
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      const message = await selectMessage(tx, workspaceId, { id: messageId });
      if (message !== undefined && message.opened_at === null)
        await updateMessageRow(tx, workspaceId, { id: messageId, set: { opened_at: infra.clock.now() } });
    });
  }
  return { fileName: 'dot.gif', contentType: 'image/gif', body: picture };
}

function shortened(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, Math.min(2, at))}…${address.slice(at)}`;
}
