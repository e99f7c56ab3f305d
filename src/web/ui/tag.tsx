import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Colour only by meaning: amber and red when somebody must act, green for met and safe, accent for what is ours. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';

interface Props {
  tone?: Tone;
  icon?: Icon;
  children: ReactNode;
}

/** A state in a word. The word carries it; the colour only helps. */
export function Tag({ tone = 'plain', icon: Icon, children }: Props) {
  return (
    <span className={tone === 'plain' ? 'tag' : `tag ${tone}`}>
      {Icon && <Icon className="i" stroke={2} aria-hidden />}
      {children}
    </span>
  );
}
