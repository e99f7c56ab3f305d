/** Something that waits for a member of the workspace. Each module tells its own through `openWork`; Today and the task list show them together. */
export interface OpenWork {
  /** What kind of thing waits, `<noun>.<state>` such as `draft.to_review`; stable, for filters and icons. */
  kind: string;
  /** What to do or what happened, in one line. */
  title: string;
  /** Whom or what it concerns; null when the title says all. */
  detail: string | null;
  /** Since when it waits, ISO 8601 in UTC. */
  since: string | null;
  /** The day it has to be done by, YYYY-MM-DD in the workspace's time zone. */
  dueOn: string | null;
  /** Where to do it, below the workspace: `/campaigns/cmp_1/roster`. */
  path: string;
  campaignId: string | null;
  personId: string | null;
  /** The member it is for; left out or null when it is for whoever owns the campaign. */
  ownerId?: string | null;
}
