import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { codeOf, messageOf } from '#web/ui/form-errors.ts';

interface Props {
  /** What could not be done; the error's own message follows. */
  title?: string;
  error: unknown;
  onRetry?: () => void;
}

export function ErrorState({ title = 'This could not be loaded', error, onRetry }: Props) {
  const code = codeOf(error);
  return (
    <div className="state" role="alert">
      <span className="state-icon bad">
        <IconAlertTriangle size={20} stroke={1.6} aria-hidden />
      </span>
      <h2>{title}</h2>
      <p>{messageOf(error)}</p>
      {code && <code>{code}</code>}
      {onRetry && (
        <div className="acts">
          <Button onClick={onRetry}>Try again</Button>
        </div>
      )}
    </div>
  );
}
