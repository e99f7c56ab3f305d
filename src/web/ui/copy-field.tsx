import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** A text to take along: a link, a code, a key. A link is shown without its scheme and copied whole. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { copied, copy } = useClipboard({ timeout: 2000 });
  return (
    <div className="copy">
      <span className="clip" title={value}>
        {value.replace(/^https?:\/\//, '')}
      </span>
      <span className="vh" role="status">
        {copied ? `${label} copied` : ''}
      </span>
      <ActionIcon aria-label={`Copy ${label}`} onClick={() => copy(value)}>
        {copied ? <IconCheck size={16} /> : <IconCopy size={16} stroke={1.6} />}
      </ActionIcon>
    </div>
  );
}
