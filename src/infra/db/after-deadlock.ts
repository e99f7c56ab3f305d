import { DatabaseError } from 'pg';

const triesMax = 5;
const deadlockDetected = '40P01';

/**
 * Runs a transaction again when PostgreSQL chose it to end a deadlock: nothing of it was done. For work that takes rows in an order of its own,
 * such as a removal of everything, and does nothing beside its transaction. Throws what the last try threw.
 */
export async function againAfterDeadlock<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (tries >= triesMax || !(error instanceof DatabaseError) || error.code !== deadlockDetected) throw error;
    }
  }
}
