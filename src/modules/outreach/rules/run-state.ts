import type { RunState } from '../api/mailings.ts';

export interface Run {
  state: RunState;
  step: number;
  hasReplied: boolean;
  hasBounced: boolean;
  hasUnsubscribed: boolean;
  why: string | null;
}

/** What happens to a creator's run, in whatever order it becomes known. */
export type RunEvent =
  | { kind: 'handed_over'; step: number }
  | { kind: 'sent'; step: number; isLast: boolean }
  | { kind: 'replied' }
  | { kind: 'bounced'; why: string }
  | { kind: 'unsubscribed' }
  | { kind: 'failed'; why: string }
  | { kind: 'stopped'; why: string };

// What ends a run, the weightier later: whoever unsubscribes after a reply has unsubscribed.
const weight: Record<RunState, number> = {
  waiting: 0,
  sending: 0,
  done: 1,
  stopped: 2,
  failed: 3,
  replied: 4,
  bounced: 5,
  unsubscribed: 6,
};

/** True for a run that writes no more. */
export function hasEnded(state: RunState): boolean {
  return weight[state] > 0;
}

/**
 * The run after an event. Ends only grow in weight, and a late "sent" wakes nothing that ended, so replies, bounces and sends end in the same
 * state whatever their order.
 */
export function afterEvent(run: Run, event: RunEvent): Run {
  switch (event.kind) {
    case 'handed_over':
      return run.state === 'waiting' && run.step === event.step ? { ...run, state: 'sending' } : run;
    case 'sent': {
      // Told again after it was heard.
      if (event.step < run.step) return run;
      const step = event.step + 1;
      if (hasEnded(run.state)) return { ...run, step };
      return { ...run, step, state: event.isLast ? 'done' : 'waiting' };
    }
    case 'replied':
      return { ...end(run, 'replied', null), hasReplied: true };
    case 'bounced':
      return { ...end(run, 'bounced', event.why), hasBounced: true };
    case 'unsubscribed':
      return { ...end(run, 'unsubscribed', null), hasUnsubscribed: true };
    case 'failed':
      return end(run, 'failed', event.why);
    case 'stopped':
      return end(run, 'stopped', event.why);
  }
}

function end(run: Run, state: RunState, why: string | null): Run {
  return weight[state] > weight[run.state] ? { ...run, state, why } : run;
}
