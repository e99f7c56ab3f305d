import { useRef, useState } from 'react';
import { type BulkAction, type BulkOutcome, bulkOnRoster } from '#modules/campaigns/api.ts';
import { useInvalidate } from '#web/api/use-api-mutation.ts';
import { useClient } from '#web/api/use-client.ts';
import { campaignNouns } from './use-campaign.ts';

/** Sent in parts, so that progress is true and a cancel comes through. */
const partSize = 100;

export interface BulkRun {
  state: 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
  done: number;
  total: number;
  outcome: BulkOutcome;
  error: unknown;
}

const idle: BulkRun = {
  state: 'idle',
  done: 0,
  total: 0,
  outcome: { changed: 0, unchanged: 0, refused: [] },
  error: null,
};

/** Does one thing to many creators, part by part; what is done stays done when it is cancelled. */
export function useBulk(campaignId: string) {
  const client = useClient();
  const invalidate = useInvalidate();
  const [run, setRun] = useState<BulkRun>(idle);
  const isCancelled = useRef(false);
  const start = async (enrolmentIds: readonly string[], action: BulkAction): Promise<BulkRun> => {
    isCancelled.current = false;
    let now: BulkRun = { ...idle, state: 'running', total: enrolmentIds.length };
    setRun(now);
    try {
      for (let from = 0; from < enrolmentIds.length && !isCancelled.current; from += partSize) {
        const part = enrolmentIds.slice(from, from + partSize);
        const answer = await client.call(bulkOnRoster, { campaignId, enrolmentIds: [...part], action });
        const { changed, unchanged, refused } = now.outcome;
        now = {
          ...now,
          done: now.done + part.length,
          outcome: {
            changed: changed + answer.changed,
            unchanged: unchanged + answer.unchanged,
            refused: [...refused, ...answer.refused],
          },
        };
        setRun(now);
      }
      now = { ...now, state: now.done < now.total ? 'cancelled' : 'done' };
    } catch (error) {
      now = { ...now, state: 'failed', error };
    }
    setRun(now);
    await invalidate(campaignNouns);
    return now;
  };
  return {
    run,
    start,
    cancel: () => {
      isCancelled.current = true;
    },
    reset: () => setRun(idle),
  };
}
