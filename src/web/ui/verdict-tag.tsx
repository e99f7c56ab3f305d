import { IconAlertTriangle, IconCheck, IconHelp, IconX } from '@tabler/icons-react';
import { Tag } from '#web/ui/tag.tsx';

export type Verdict = 'yes' | 'caution' | 'no' | 'unknown';

const looks = {
  yes: { tone: 'good', icon: IconCheck },
  caution: { tone: 'warn', icon: IconAlertTriangle },
  no: { tone: 'bad', icon: IconX },
  unknown: { tone: 'plain', icon: IconHelp },
} as const;

/** A judgement with its icon; the words are the feature's own: "Fit, with one condition". */
export function VerdictTag({ verdict, children }: { verdict: Verdict; children: string }) {
  return <Tag {...looks[verdict]}>{children}</Tag>;
}
