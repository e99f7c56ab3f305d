import { notifications } from '@mantine/notifications';
import { messageOf } from '#web/ui/form-errors.ts';

/** A short word that something was done: "Added 3 creators to Slow Mornings". */
export function sayDone(message: string): void {
  notifications.show({
    closeButtonProps: { 'aria-label': 'Close' },
    message,
    color: 'teal',
    autoClose: 4000,
    withBorder: false,
  });
}

/** What could not be done, for actions without a form of their own. */
export function sayFailed(what: string, error: unknown): void {
  notifications.show({
    closeButtonProps: { 'aria-label': 'Close' },
    title: what,
    message: messageOf(error),
    color: 'red',
    autoClose: 8000,
    withBorder: false,
  });
}
