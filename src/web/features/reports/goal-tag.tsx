import { IconCheck, IconX } from '@tabler/icons-react';
import type { GoalStatus } from '#modules/reports/api.ts';
import { Tag } from '#web/ui/tag.tsx';

const tags = {
  met: { tone: 'good', icon: IconCheck, word: 'Met' },
  on_pace: { tone: 'good', icon: undefined, word: 'On pace' },
  behind: { tone: 'warn', icon: undefined, word: 'Behind' },
  missed: { tone: 'bad', icon: IconX, word: 'Missed' },
  not_measured: { tone: 'plain', icon: undefined, word: 'Not measured' },
  not_started: { tone: 'plain', icon: undefined, word: 'Not started' },
} as const;

export function GoalTag({ status }: { status: GoalStatus }) {
  const { tone, icon, word } = tags[status];
  return (
    <Tag tone={tone} {...(icon !== undefined && { icon })}>
      {word}
    </Tag>
  );
}
