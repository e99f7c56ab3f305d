import { Button } from '@mantine/core';
import { useCan } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';

const inAddressMax = 40;
const atOnceMax = 500;
const keyOf = (kept: string) => `rapport.write.${kept}`;

interface Props {
  personIds: readonly string[];
  campaignId?: string;
  label?: string;
}

/** Opens the page on which chosen creators are written to. Many of them go along in this browser's tab, not in the address. */
export function WriteButton({ personIds, campaignId, label = 'Write' }: Props) {
  const go = useGo();
  const mayWrite = useCan('outreach:write');
  if (!mayWrite) return null;
  const open = () => {
    const campaign = campaignId === undefined ? {} : { campaignId };
    if (personIds.length <= inAddressMax) {
      go('/outreach/new', { search: { people: personIds.join(','), ...campaign } });
      return;
    }
    const kept = crypto.randomUUID();
    sessionStorage.setItem(keyOf(kept), personIds.join(','));
    go('/outreach/new', { search: { kept, ...campaign } });
  };
  return (
    <Button
      disabled={personIds.length === 0 || personIds.length > atOnceMax}
      title={personIds.length > atOnceMax ? `At most ${atOnceMax} creators at once` : undefined}
      onClick={open}
    >
      {label}
    </Button>
  );
}

/** Who was chosen when the page was opened; nobody in another tab or browser. */
export function keptPeople(kept: string): string[] {
  return (sessionStorage.getItem(keyOf(kept)) ?? '').split(',').filter((id) => id !== '');
}
