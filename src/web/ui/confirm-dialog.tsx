import { Button, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  /** A question that names the thing: "Remove Nell Thistlewick from Slow Mornings?" */
  title: string;
  /** The verb again, not "OK": "Remove". */
  confirmLabel: string;
  /** Runs; the dialog closes when it is done and says what failed otherwise. */
  onConfirm: () => Promise<unknown>;
  isDangerous?: boolean;
  /** False while what will happen is still looked up: nobody confirms what they could not read. */
  isReady?: boolean;
  /** What will happen, and whether it can be undone. */
  children: ReactNode;
}

export function ConfirmDialog(props: Props) {
  const { isOpen, onClose, title, confirmLabel, onConfirm, isDangerous = false, isReady = true, children } = props;
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const confirm = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size="sm">
      <div className="form">
        {failure && <FormAlert>{failure}</FormAlert>}
        <div className="ink-2">{children}</div>
        <div className="acts">
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="filled"
            color={isDangerous ? 'red' : 'teal'}
            loading={isBusy}
            disabled={!isReady}
            onClick={() => void confirm()}
          >
            {confirmLabel}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
