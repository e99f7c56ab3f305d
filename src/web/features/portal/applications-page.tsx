import { z } from 'zod';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { Segments } from '#web/ui/segments.tsx';
import { ApplicationQueue } from './application-queue.tsx';
import { PageList } from './page-list.tsx';
import './portal.css';

const search = z.object({ tab: z.enum(['queue', 'pages']).default('queue') });

/** Applications that came in, and the pages they come in by. */
export function ApplicationsPage() {
  const [{ tab }, setState] = useSearchState(search);
  return (
    <div className="prt">
      <Segments
        label="What to see"
        value={tab}
        options={[
          { value: 'queue', label: 'Applications' },
          { value: 'pages', label: 'Pages' },
        ]}
        onChange={(next) => setState({ tab: next }, { push: true })}
      />
      {tab === 'queue' ? <ApplicationQueue /> : <PageList />}
    </div>
  );
}
