import { PasswordInput as MantinePasswordInput } from '@mantine/core';
import type { ComponentProps } from 'react';

/** A password with a switch to see it. `autoComplete` tells the browser's keeper which one it is. */
export function PasswordInput(
  props: ComponentProps<typeof MantinePasswordInput> & { autoComplete: 'current-password' | 'new-password' },
) {
  return (
    <MantinePasswordInput
      size="sm"
      radius={6}
      visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
      {...props}
    />
  );
}
