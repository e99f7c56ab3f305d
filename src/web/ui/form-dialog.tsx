import { Button, Modal } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { FormAlert } from '#web/ui/form-alert.tsx';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** A verb: "Create campaign". */
  submitLabel: string;
  /** Runs on Enter and on the button; use `form.onSubmit(...)` of useApiForm. */
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  isBusy?: boolean;
  /** What belongs to no field: `form.failure` of useApiForm. */
  failure?: string | null;
  /** Wide, where what is filled in stands beside what it is read from. */
  size?: 'md' | 'xl';
  children: ReactNode;
}

export function FormDialog(props: Props) {
  const {
    isOpen,
    onClose,
    title,
    submitLabel,
    onSubmit,
    isBusy = false,
    failure = null,
    size = 'md',
    children,
  } = props;
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size={size}>
      <form className="form" onSubmit={onSubmit} noValidate>
        {failure && <FormAlert>{failure}</FormAlert>}
        {children}
        <div className="acts">
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" loading={isBusy}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
