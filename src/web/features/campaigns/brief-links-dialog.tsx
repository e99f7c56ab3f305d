import { Button, Modal } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { CopyField } from '#web/ui/copy-field.tsx';
import { formatPlural } from '#web/ui/format-number.ts';

export interface BriefLink {
  enrolmentId: string;
  name: string;
  url: string;
}

/** Links to hand over by other ways than mail; each lets in only the creator it is for. */
export function BriefLinksDialog({ links, onClose }: { links: readonly BriefLink[]; onClose: () => void }) {
  const { copied, copy } = useClipboard({ timeout: 2000 });
  return (
    <Modal
      opened
      onClose={onClose}
      title={links.length === 1 ? 'A link to copy' : `${links.length} links to copy`}
      size="lg"
    >
      <div className="form">
        <p className="ink-2">
          No mail went out. Send each link by hand, only to the one it is for: it opens the brief without a password and
          lasts 60 days. It is shown once.
        </p>
        <ul className="camp-links">
          {links.map((link) => (
            <li key={link.enrolmentId}>
              <b>{link.name}</b>
              <CopyField label={`link of ${link.name}`} value={link.url} />
            </li>
          ))}
        </ul>
        <div className="acts">
          {links.length > 1 && (
            <Button onClick={() => copy(links.map((link) => `${link.name}\t${link.url}`).join('\n'))}>
              {copied ? 'Copied' : `Copy all ${formatPlural(links.length, 'line')}`}
            </Button>
          )}
          <Button variant="filled" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Modal>
  );
}
