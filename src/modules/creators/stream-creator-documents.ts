import { sql } from 'kysely';
import type { Database, Tx } from '#infra/db/database.ts';
import type { CreatorDocument } from './creator-document.ts';
import { openGazetteer } from './gazetteer/open-gazetteer.ts';
import { nextPersonIds } from './queries/creator-documents.ts';
import { readDocuments } from './read-documents.ts';
import type { LocateTown } from './rules/stated-places.ts';

const batchRows = 2000;

/**
 * All creators of a workspace in id order, in batches of at most 2,000, as one moment saw them (one repeatable-read transaction of the
 * system role, open as long as the caller reads). At most one batch is in memory.
 */
export async function* streamCreatorDocuments(db: Database, workspaceId: string): AsyncGenerator<CreatorDocument[]> {
  const locate = await townLocator();
  const batches = new Handover<CreatorDocument[]>();
  const reading = db
    .asSystem(async (tx) => {
      await sql`set transaction isolation level repeatable read, read only`.execute(tx);
      let after = '';
      while (!batches.isClosed) {
        const ids = await nextPersonIds(tx, workspaceId, after, batchRows);
        after = ids.at(-1) ?? after;
        if (ids.length === 0) break;
        await batches.give(await readDocuments(tx, { workspaceId, personIds: ids, locate, nowMs: Date.now() }));
      }
    })
    .then(
      () => batches.end(null),
      (error: unknown) => batches.end(error),
    );
  try {
    for (let batch = await batches.take(); batch !== null; batch = await batches.take()) yield batch;
  } finally {
    batches.close();
    await reading;
  }
}

/** Documents of the named persons that exist, for bringing an index up to date. */
export async function readCreatorDocuments(
  tx: Tx,
  workspaceId: string,
  personIds: string[],
): Promise<CreatorDocument[]> {
  const locate = await townLocator();
  const documents: CreatorDocument[] = [];
  for (let from = 0; from < personIds.length; from += batchRows) {
    documents.push(
      ...(await readDocuments(tx, {
        workspaceId,
        personIds: personIds.slice(from, from + batchRows),
        locate,
        nowMs: Date.now(),
      })),
    );
  }
  return documents;
}

async function townLocator(): Promise<LocateTown> {
  const gazetteer = await openGazetteer();
  return (name, country) => gazetteer.locate(name, country);
}

/** Hands values one at a time from a transaction's callback to a generator; the giver waits until the last value was taken. */
class Handover<Value> {
  isClosed = false;
  #value: Value | null = null;
  #isEnded = false;
  #error: unknown = null;
  #wake: () => void = () => undefined;

  async give(value: Value): Promise<void> {
    while (this.#value !== null && !this.isClosed) await this.#sleep();
    this.#value = value;
    this.#wakeOther();
  }

  async take(): Promise<Value | null> {
    while (this.#value === null && !this.#isEnded) await this.#sleep();
    const value = this.#value;
    this.#value = null;
    if (value === null && this.#error !== null) throw this.#error;
    this.#wakeOther();
    return value;
  }

  end(error: unknown): void {
    this.#isEnded = true;
    this.#error = error;
    this.#wakeOther();
  }

  close(): void {
    this.isClosed = true;
    this.#wakeOther();
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #wakeOther(): void {
    const wake = this.#wake;
    this.#wake = () => undefined;
    wake();
  }
}
