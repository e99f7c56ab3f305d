import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { AppError } from '#kernel/errors.ts';
import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';

interface Props {
  /** What is behind the link in a word, such as `list`. */
  noun: string;
  opening: { error: Error | null; isPending: boolean };
  onRetry: () => void;
  onGive: (passphrase: string) => void;
}

/** What a guest sees before the thing itself: asked for a passphrase, told that the link has ended, or a moment's wait. */
export function GuestGate({ noun, opening, onRetry, onGive }: Props) {
  const code = opening.error instanceof AppError ? opening.error.code : null;
  if (code?.startsWith('guest_link.passphrase') === true) {
    const failure = code === 'guest_link.passphrase_needed' ? null : (opening.error?.message ?? null);
    return (
      <OutsideFrame>
        <PassphraseForm noun={noun} failure={failure} isBusy={opening.isPending} onGive={onGive} />
      </OutsideFrame>
    );
  }
  return (
    <OutsideFrame>
      <h1 className="vh">A shared {noun}</h1>
      {code === 'guest_link.ended' ? (
        <EmptyState title="This link has ended">Ask whoever sent it for a new one.</EmptyState>
      ) : opening.error !== null ? (
        <ErrorState error={opening.error} onRetry={onRetry} />
      ) : (
        <SkeletonLines />
      )}
    </OutsideFrame>
  );
}

interface FormProps {
  noun: string;
  failure: string | null;
  isBusy: boolean;
  onGive: (passphrase: string) => void;
}

function PassphraseForm({ noun, failure, isBusy, onGive }: FormProps) {
  const [given, setGiven] = useState('');
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (given !== '') onGive(given);
  };
  return (
    <form className="stack" onSubmit={onSubmit}>
      <h1>A {noun} for you</h1>
      {failure !== null && <FormAlert>{failure}</FormAlert>}
      <PasswordInput
        label="Passphrase"
        description="Whoever sent the link knows it"
        autoComplete="off"
        value={given}
        onChange={(event) => setGiven(event.currentTarget.value)}
        data-autofocus
      />
      <div>
        <Button type="submit" variant="filled" loading={isBusy} disabled={given === ''}>
          Open the {noun}
        </Button>
      </div>
    </form>
  );
}

/** Search engines are told to keep away. */
export function useNoIndex(): void {
  useEffect(() => {
    const tag = document.createElement('meta');
    tag.name = 'robots';
    tag.content = 'noindex, nofollow';
    document.head.append(tag);
    return () => tag.remove();
  }, []);
}
