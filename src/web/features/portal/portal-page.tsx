import { z } from 'zod';
import { listDeletions, listProofs } from '#modules/portal/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { Segments } from '#web/ui/segments.tsx';
import { DeletionList } from './deletion-list.tsx';
import { LinkList } from './link-list.tsx';
import { ProofList } from './proof-list.tsx';
import './portal.css';

const search = z.object({
  tab: z.enum(['links', 'waiting', 'figures', 'deletions']).default('links'),
  person: z.string().optional(),
});

/** What creators do in their portal that needs a member: links, figures they handed in, wishes for deletion. */
export function PortalPage() {
  const [{ tab, person }, setState] = useSearchState(search);
  const proofs = useApiQuery(listProofs, { state: 'waits', limit: 50 });
  const deletions = useApiQuery(listDeletions, {});
  const count = (label: string, n: number | undefined) => (n === undefined || n === 0 ? label : `${label} (${n})`);
  return (
    <div className="prt">
      <Segments
        label="What to see"
        value={tab}
        options={[
          { value: 'links', label: 'Links' },
          { value: 'waiting', label: 'Waiting for a link' },
          { value: 'figures', label: count('Figures sent', proofs.data?.rows.length) },
          { value: 'deletions', label: count('Deletions', deletions.data?.rows.length) },
        ]}
        onChange={(next) => setState({ tab: next, person: undefined }, { push: true })}
      />
      {tab === 'links' && <LinkList {...(person === undefined ? {} : { personId: person })} />}
      {tab === 'waiting' && <LinkList isWaiting />}
      {tab === 'figures' && <ProofList />}
      {tab === 'deletions' && <DeletionList />}
    </div>
  );
}
