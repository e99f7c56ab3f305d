/** What a destination did when it was asked. */
export type Asked = { kind: 'answered'; status: number } | { kind: 'failed'; code: string; message: string };

export interface HealthVerdict {
  state: 'ok' | 'broken' | 'unknown';
  status: number | null;
  problem: string | null;
}

/**
 * Is a destination there for visitors? Shops turn programs away that ask for pages (401, 403, 405, 406, 429, 503 and their like): that says
 * nothing of visitors, so it is unknown, not broken. Gone is what answers 404, 410 or a fault of its own, or does not answer at all.
 */
export function judgeAnswer(asked: Asked): HealthVerdict {
  if (asked.kind === 'failed') {
    const isOurs = asked.code === 'fetch.refused' || asked.code === 'fetch.too_large';
    return { state: isOurs ? 'unknown' : 'broken', status: null, problem: asked.message };
  }
  const { status } = asked;
  if (status < 400) return { state: 'ok', status, problem: null };
  if (status === 404 || status === 410)
    return { state: 'broken', status, problem: `The page is not there any more (${status}).` };
  if (status >= 500 && status !== 503 && status !== 501)
    return { state: 'broken', status, problem: `The shop answers with a fault of its own (${status}).` };
  return {
    state: 'unknown',
    status,
    problem: `The shop does not show the page to programs (${status}); visitors may see it.`,
  };
}
