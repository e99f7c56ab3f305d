import { z } from 'zod';

/** Members or state of a list changed; payload of listsChanged. */
export const listsChanged = 'lists.changed';
export const listChangedPayload = z.object({ listId: z.string() });

/** A saved search with alerts found creators it never found before. */
export const searchMatched = 'searches.matched';

/** What the encoder made of creators is new: their vectors; payload as of creators.changed. */
export const vectorsChanged = 'discovery.vectors_changed';
