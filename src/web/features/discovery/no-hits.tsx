import { Button } from '@mantine/core';
import { IconSearchOff, IconUpload } from '@tabler/icons-react';
import { AppLink } from '#web/shell/app-link.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';

/** Nothing found, or nothing there to be found yet. */
export function NoHits({ isIndexEmpty, onClear }: { isIndexEmpty: boolean; onClear: () => void }) {
  if (isIndexEmpty) {
    return (
      <EmptyState
        icon={IconUpload}
        title="No creators to search yet"
        action={
          <AppLink to="/creators/import">
            <Button component="span" variant="filled">
              Import creators
            </Button>
          </AppLink>
        }
      >
        Bring in a file from any tool you use, or a list of handles. They can be found here a second later.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconSearchOff}
      title="Nobody matches all of this"
      action={<Button onClick={onClear}>Clear search and filters</Button>}
    >
      Take a filter away, or ask for fewer words at once: all of them have to be there.
    </EmptyState>
  );
}
