import type { OutputOf } from '#kernel/endpoint.ts';
import { previewSplit, splitCreators } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { nameOf } from './words.ts';

type Line = OutputOf<typeof previewSplit>['stays'][number];

/** Says what the undo of a merge brings back and what it leaves, then does it. */
export function SplitDialog({ mergeId, onClose }: { mergeId: string; onClose: () => void }) {
  // Asked anew each time: what can be brought back is less with every change.
  const preview = useApiQuery(previewSplit, { mergeId }, { staleTime: 0, gcTime: 0 });
  const split = useApiMutation(splitCreators, {
    invalidate: ['creators', 'discovery', 'lists', 'roster', 'vetting'],
    onSuccess: ({ restored }) => sayDone(`${nameOf(restored)} stands alone again`),
  });
  const name = preview.data?.restoredName;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={name === undefined ? 'Split these creators again?' : `Split ${name} off again?`}
      confirmLabel="Split"
      isReady={preview.data !== undefined}
      onConfirm={() => split.mutateAsync({ mergeId })}
    >
      <QueryState query={preview}>
        {({ comesBack, stays }) => (
          <div className="stack">
            <Lines title="Comes back" lines={comesBack} />
            <Lines title="Cannot be brought back" lines={stays} />
          </div>
        )}
      </QueryState>
    </ConfirmDialog>
  );
}

/** The creators themselves first, then campaign by campaign. */
function Lines({ title, lines }: { title: string; lines: readonly Line[] }) {
  const groups = [...Map.groupBy(lines, (line) => line.about)];
  return (
    <section>
      <h3 className="creators-split-title">{title}</h3>
      {groups.map(([about, some]) => (
        <div key={about ?? ''}>
          {about !== null && <h4 className="creators-split-about">{about}</h4>}
          <ul className="creators-split-lines">
            {some.map((line) => (
              <li key={line.text}>{line.text}</li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
