import type { Submission } from '#modules/submissions/api.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { roleNames } from './words.ts';

/** What is going on with a draft, as the page's title. */
export function sayState(draft: Submission): string {
  const name = draft.person.name.split(' ')[0] ?? draft.person.name;
  switch (draft.state) {
    case 'draft':
      return `${name} is still working on it`;
    case 'pending_approval':
      return sayWaiting(draft);
    case 'changes_requested':
      return `Back with ${name} for changes`;
    case 'approved':
      return 'Approved';
    case 'scheduled':
      return 'Approved and scheduled';
    case 'withdrawn':
      return `${name} took it back`;
    case 'verified':
      return 'Live as it was approved';
    case 'live':
      return sayLive(draft);
  }
}

function sayWaiting(draft: Submission): string {
  const objector = draft.reviewers.find((one) => one.isRequired && one.decision?.decision === 'changes_requested');
  if (objector !== undefined) return `${roleNames[objector.role]} asks for changes`;
  const missing = draft.checklist.filter((point) => point.result === 'missing').length;
  if (missing > 0) return `${formatPlural(missing, 'repair')} away from approval`;
  const manager = draft.reviewers.find((one) => one.role === 'manager');
  const others = draft.reviewers.filter(
    (one) => one.isRequired && one.decision?.decision !== 'approved' && one.role !== 'manager',
  );
  if (manager?.decision?.decision === 'approved' && others.length > 0)
    return `Waits for ${others.map((one) => roleNames[one.role].toLowerCase()).join(' and ')}`;
  return 'Nothing stands against approval';
}

function sayLive({ live }: Submission): string {
  if (live === null) return 'Live';
  if (live.goneAt !== null) return 'The post is gone';
  switch (live.result) {
    case 'ok':
      return 'Live as it was approved';
    case 'differs':
      return 'Live, and not quite as approved';
    case 'missing':
      return 'Live, and something is missing';
    case 'unknown':
      return 'Live, and not read yet';
  }
}
