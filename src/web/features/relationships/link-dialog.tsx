import { Button, Modal } from '@mantine/core';
import { CopyField } from '#web/ui/copy-field.tsx';

/** A link to hand over by another way than mail. */
export function LinkDialog({ name, url, onClose }: { name: string; url: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="A link to copy" size="lg">
      <div className="form">
        <p className="ink-2">
          No mail went out. Send this link to {name} and to nobody else: it lets in without a password, lasts 60 days
          and is shown once.
        </p>
        <CopyField label={`link of ${name}`} value={url} />
        <div className="acts">
          <Button variant="filled" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Modal>
  );
}
