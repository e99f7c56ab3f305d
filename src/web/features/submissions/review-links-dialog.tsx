import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { listReviewLinks, makeReviewLink, revokeReviewLink } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { GuestLinkForm, GuestLinkModal, StandingLinks } from '#web/shell/guest-links.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { roleNames } from './words.ts';

/** Links by which a client or a lawyer reviews the drafts of a campaign without an account. */
export function ReviewLinksDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  return (
    <GuestLinkModal
      title="Links for reviewers outside"
      onClose={onClose}
      form={(onMade) => <NewLink campaignId={campaignId} onMade={onMade} />}
    >
      <Links campaignId={campaignId} />
    </GuestLinkModal>
  );
}

function NewLink({ campaignId, onMade }: { campaignId: string; onMade: (link: string) => void }) {
  const [role, setRole] = useState<'client' | 'legal'>('client');
  const [canDecide, setDecide] = useState(true);
  const make = useApiMutation(makeReviewLink, { invalidate: ['reviewLinks'], onSuccess: (made) => onMade(made.link) });
  return (
    <GuestLinkForm
      make={make}
      note="They see drafts that were handed in, remarks for clients, and never fees, contacts or what the team says among itself."
      onSend={(basics) => make.mutate({ campaignId, ...basics, role, canDecide })}
    >
      <Select
        label="Reviews as"
        data={[
          { value: 'client', label: roleNames.client },
          { value: 'legal', label: roleNames.legal },
        ]}
        value={role}
        onChange={(value) => setRole(value === 'legal' ? 'legal' : 'client')}
        allowDeselect={false}
      />
      <Checkbox
        label="They can approve and object"
        description="Otherwise they can only remark"
        checked={canDecide}
        onChange={(event) => setDecide(event.currentTarget.checked)}
      />
    </GuestLinkForm>
  );
}

function Links({ campaignId }: { campaignId: string }) {
  const query = useApiQuery(listReviewLinks, { campaignId, limit: 50 });
  const end = useApiMutation(revokeReviewLink, {
    invalidate: ['reviewLinks'],
    onSuccess: (link) => sayDone(`The link for ${link.name} has ended`),
    onError: (error) => sayFailed('Not ended', error),
  });
  return (
    <StandingLinks
      query={query}
      end={end}
      onEnd={(link) => end.mutate({ campaignId, linkId: link.id })}
      allows={(link) => `${roleNames[link.role]}${link.canDecide ? ', can approve' : ', remarks only'}`}
    />
  );
}
