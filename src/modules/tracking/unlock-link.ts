import type { IncomingMessage, ServerResponse } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { passwordMatches } from '#modules/workspaces/index.ts';
import { findLink } from './find-link.ts';
import { addressOf, knockOf, replyTo } from './knock.ts';
import { answerLocked } from './link-pages.ts';
import { type RedirectParts, storeAndAnswer } from './redirect-visitor.ts';

const bodyBytesMax = 2048;
const triesPerMinute = 5;

/** Takes the password form of a link; false when the address is no link with a password. */
export function createUnlock(parts: RedirectParts): (request: IncomingMessage, response: ServerResponse) => boolean {
  const tries = new RateLimiterMemory({ points: triesPerMinute, duration: 60 });
  return (request, response) => {
    const knock = knockOf(request);
    const found = findLink(parts.table, knock);
    if (found === null || found.kind !== 'link') return false;
    const stored = found.link.extras?.passwordHash ?? null;
    if (stored === null || found.isPreview) return false;
    const reply = replyTo(response);
    const unlock = async () => {
      try {
        await tries.consume(`${addressOf(knock, parts.trustedProxies)} ${found.link.id}`);
      } catch {
        return answerLocked(reply, 'too_many');
      }
      const password = new URLSearchParams(await readBody(request)).get('password') ?? '';
      if (password === '' || !(await passwordMatches(password, stored))) return answerLocked(reply, 'wrong');
      storeAndAnswer(parts, found, { knock, reply, isUnlocked: true });
    };
    unlock().catch(() => response.destroy());
    return true;
  };
}

/** The text of a small form; what is longer than any password is cut off. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes <= bodyBytesMax) chunks.push(chunk);
    else break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
