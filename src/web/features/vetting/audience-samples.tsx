import { useState } from 'react';
import { type Profile, removeAudienceSample } from '#modules/creators/api.ts';
import type { Vetting } from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { sayDone } from '#web/ui/say.ts';
import { AudienceSampleSection } from './audience-sample.tsx';
import { type AudienceKind, audienceNouns } from './audience-words.ts';
import { SampleDialog } from './sample-dialog.tsx';
import { useVetAgain } from './use-vet-again.ts';

const kinds = ['followers', 'likers', 'commenters'] as const;

/** Followers, likers and commenters, each judged from a sample of its own. */
export function AudienceSamples({ report, profile }: { report: Vetting; profile: Profile | undefined }) {
  const [adding, setAdding] = useState<AudienceKind | null>(null);
  const [removing, setRemoving] = useState<AudienceKind | null>(null);
  const mayEdit = useCan('creators:write') && profile !== undefined;
  const remove = useApiMutation(removeAudienceSample);
  const vetAgain = useVetAgain();
  const { audience } = report;
  const samples = {
    followers: audience?.authenticity ?? null,
    likers: audience?.likers ?? null,
    commenters: audience?.commenters ?? null,
  };
  const sample = removing === null ? null : samples[removing];
  const of = { personId: report.personId, profileId: report.profileId };
  return (
    <>
      {kinds.map((kind) => (
        <div key={kind} className="vt-sample">
          <AudienceSampleSection
            kind={kind}
            handle={report.handle}
            sample={samples[kind]}
            plain={kind === 'followers' ? (audience?.shares ?? []) : []}
            onAdd={mayEdit ? () => setAdding(kind) : null}
            onRemove={mayEdit ? () => setRemoving(kind) : null}
          />
        </div>
      ))}
      {adding !== null && <SampleDialog of={of} kind={adding} onClose={() => setAdding(null)} />}
      {removing !== null && sample !== null && (
        <ConfirmDialog
          isOpen
          onClose={() => setRemoving(null)}
          title={`Remove the sample of ${audienceNouns[removing].many} of ${formatDate(sample.takenAt)}?`}
          confirmLabel="Remove"
          isDangerous
          onConfirm={async () => {
            await remove.mutateAsync({ ...of, kind: removing, takenAt: sample.takenAt });
            await vetAgain(of);
            sayDone('Sample removed');
          }}
        >
          Its accounts are deleted. An older sample of the same kind counts again, if there is one; the report is
          computed anew.
        </ConfirmDialog>
      )}
    </>
  );
}
