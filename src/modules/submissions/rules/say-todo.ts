import type { SubmissionState } from '../api.ts';

/** What the creator can do now with a piece, as a sentence; null when it is somebody else's turn. */
export function todoOf(of: {
  state: SubmissionState | null;
  problems: number;
  isAccepted: boolean;
  isForBrand: boolean;
}): string | null {
  switch (of.state) {
    case null:
    case 'withdrawn':
      return 'Send your draft';
    case 'draft':
      return 'Finish your draft and send it';
    case 'changes_requested':
      return 'Change what was asked and send it again';
    case 'approved':
    case 'scheduled':
      return of.isForBrand ? null : 'Post it and give the link';
    case 'live':
      return of.problems > 0 && !of.isAccepted ? 'Mend the post' : null;
    case 'pending_approval':
    case 'verified':
      return null;
  }
}
