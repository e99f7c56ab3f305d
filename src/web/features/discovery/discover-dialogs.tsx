import { BriefDialog } from './brief-dialog.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { TiersDialog } from './tiers-dialog.tsx';
import type { Discover } from './use-discover.ts';

/** The dialog of the page that is open, if one is. */
export function DiscoverDialogs({ page }: { page: Discover }) {
  const { state, put } = page.question;
  const close = () => page.setDialog(null);
  switch (page.dialog) {
    case 'tiers':
      return <TiersDialog onClose={close} />;
    case 'keys':
      return <ShortcutsDialog onClose={close} />;
    case 'brief':
      return (
        <BriefDialog brief={state.brief ?? ''} onClose={close} onMatch={(brief) => put({ brief, open: undefined })} />
      );
    case 'compare':
      return <CompareDialog hits={page.chosen} calculation={page.calculation} onClose={close} />;
    case null:
      return null;
  }
}
