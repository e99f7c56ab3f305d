import type { Bound } from '../api.ts';

/** What a / b is when a and b are bounds of the truth; null when they pull apart, so that nothing can be said. */
export function boundOfQuotient(top: Bound, under: Bound): Bound | null {
  const turned = turn(under);
  if (top === 'exact') return turned;
  if (turned === 'exact' || turned === top) return top;
  return null;
}

function turn(bound: Bound): Bound {
  switch (bound) {
    case 'exact':
      return 'exact';
    case 'at_least':
      return 'at_most';
    case 'at_most':
      return 'at_least';
  }
}
