import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { listReportShares, revokeReportShare, shareReport } from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { GuestLinkForm, GuestLinkModal, StandingLinks } from '#web/shell/guest-links.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';

interface Props {
  wanted: { personId: string; profileId?: string };
  name: string;
  onClose: () => void;
}

/** Links by which somebody outside reads the report, the creator among them: make one, see which stand, end one. */
export function ShareReportDialog({ wanted, name, onClose }: Props) {
  return (
    <GuestLinkModal
      title={`Share the report on ${name}`}
      onClose={onClose}
      form={(onMade) => <NewLink wanted={wanted} onMade={onMade} />}
    >
      <Links personId={wanted.personId} />
    </GuestLinkModal>
  );
}

function NewLink({ wanted, onMade }: { wanted: Props['wanted']; onMade: (link: string) => void }) {
  const [canAppeal, setAppeal] = useState(false);
  const [showsBrand, setBrand] = useState(false);
  const make = useApiMutation(shareReport, { invalidate: ['vettingShares'], onSuccess: (made) => onMade(made.link) });
  return (
    <GuestLinkForm
      make={make}
      note="They see the report as it is now, never your verdicts, notes and lists."
      onSend={(basics) => make.mutate({ ...wanted, ...basics, canAppeal, showsBrand })}
    >
      <Checkbox
        label="They can object"
        description="For the creator: statements to each point come to you, and your answers are read by the same link"
        checked={canAppeal}
        onChange={(event) => setAppeal(event.currentTarget.checked)}
      />
      <Checkbox
        label="Show what rests on your brand profile"
        description="Keywords found, no-go words and competitors; left out otherwise"
        checked={showsBrand}
        onChange={(event) => setBrand(event.currentTarget.checked)}
      />
    </GuestLinkForm>
  );
}

function Links({ personId }: { personId: string }) {
  const query = useApiQuery(listReportShares, { personId, limit: 50 });
  const end = useApiMutation(revokeReportShare, {
    invalidate: ['vettingShares'],
    onSuccess: (share) => sayDone(`The link for ${share.name} has ended`),
    onError: (error) => sayFailed('Not ended', error),
  });
  return (
    <StandingLinks
      query={query}
      end={end}
      onEnd={(share) => end.mutate({ personId, shareId: share.id })}
      allows={(share) => (share.canAppeal ? 'they can object' : '')}
    />
  );
}
