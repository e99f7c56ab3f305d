import { z } from 'zod';

/** Members or state of a list changed; payload of listsChanged. */
export const listsChanged = 'lists.changed';
export const listChangedPayload = z.object({ listId: z.string() });

/** A saved search with alerts found creators it never found before. */
export const searchMatched = 'searches.matched';
