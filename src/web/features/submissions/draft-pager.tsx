import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { listSubmissions, type Submission } from '#modules/submissions/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useGo } from '#web/shell/use-go.ts';

/** Steps through the drafts of the campaign that wait for approval. */
export function DraftPager({ draft }: { draft: Submission }) {
  const go = useGo();
  const waiting = useApiQuery(listSubmissions, {
    campaignId: draft.campaign.id,
    states: ['pending_approval'],
    limit: 200,
  });
  const ids = (waiting.data?.rows ?? []).map((row) => row.id);
  const at = ids.indexOf(draft.id);
  if (at < 0 || ids.length < 2) return null;
  const open = (index: number) => {
    const submissionId = ids[index];
    if (submissionId !== undefined) go('/submissions/$submissionId', { params: { submissionId } });
  };
  return (
    <span className="row nowrap">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="Previous draft"
        disabled={at === 0}
        onClick={() => open(at - 1)}
      >
        <IconChevronLeft size={18} stroke={1.6} />
      </ActionIcon>
      <span className="meta num">
        {at + 1} of {ids.length}
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="Next draft"
        disabled={at === ids.length - 1}
        onClick={() => open(at + 1)}
      >
        <IconChevronRight size={18} stroke={1.6} />
      </ActionIcon>
    </span>
  );
}
