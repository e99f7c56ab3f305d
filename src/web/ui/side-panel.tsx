import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';

interface Props {
  /** Names the panel for screen readers: the person or thing previewed. */
  label: string;
  /** "1 of 214" */
  place?: string;
  onClose: () => void;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  actions?: ReactNode;
  children: ReactNode;
}

/** A preview beside the list, so that one never loses one's place; Escape closes it. Put it second in `.with-side`. */
export function SidePanel({ label, place, onClose, onPrevious, onNext, actions, children }: Props) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside className="side" aria-label={label}>
      <header>
        <span>{place}</span>
        {onPrevious && (
          <ActionIcon size={28} aria-label="Previous" onClick={onPrevious}>
            <IconChevronUp size={16} />
          </ActionIcon>
        )}
        {onNext && (
          <ActionIcon size={28} aria-label="Next" onClick={onNext}>
            <IconChevronDown size={16} />
          </ActionIcon>
        )}
        <ActionIcon size={28} aria-label="Close the preview" onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      {children}
      {actions && <footer>{actions}</footer>}
    </aside>
  );
}
