import { listMembers } from '#modules/workspaces/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';

export interface Members {
  /** For a select: the id of the user and their name. */
  options: { value: string; label: string }[];
  /** "Rita", "nobody", or that the name is not known, such as of one who left. */
  nameOf: (userId: string | null) => string;
}

/** Who owns things; roles that may not see the members see no names. */
export function useMembers(): Members {
  const maySee = useCan('members:read');
  const { data } = useApiQuery(listMembers, {}, { enabled: maySee });
  const rows = data?.rows ?? [];
  // Nobody is called a stranger before the members are known.
  const unknown = maySee && data === undefined ? '…' : 'somebody who is not a member';
  return {
    options: rows.map((row) => ({ value: row.userId, label: row.name })),
    nameOf: (userId) => (userId === null ? 'nobody' : (rows.find((row) => row.userId === userId)?.name ?? unknown)),
  };
}
