import { getRelationship, type Relationship } from '#modules/relationships/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useParam } from '#web/shell/use-go.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { CampaignHistory } from './campaign-history.tsx';
import { FlagBanner } from './flag-banner.tsx';
import { PersonIncidents } from './incidents-section.tsx';
import { ManagersOfCreator } from './managers-section.tsx';
import { NotesSection } from './notes-section.tsx';
import { OpinionSection } from './opinion-section.tsx';
import './relationships.css';
import { SumFigures } from './sum-figures.tsx';
import { TimelineSection } from './timeline-section.tsx';
import { AddressOfCreator, ContractsOfCreator, TasksOfCreator } from './work-sections.tsx';

/** What we and this creator had with each other: would we work with them again, and why. */
export function RelationshipPage() {
  const personId = useParam('personId');
  const query = useApiQuery(getRelationship, { personId });
  return <QueryState query={query}>{(relationship) => <Shown relationship={relationship} />}</QueryState>;
}

function Shown({ relationship }: { relationship: Relationship }) {
  const { personId } = relationship;
  return (
    <div className="stack rel">
      <FlagBanner relationship={relationship} />
      <SumFigures relationship={relationship} />
      <div className="cols">
        <div className="stack">
          <CampaignHistory relationship={relationship} />
          <PersonIncidents personId={personId} relationship={relationship} />
          <TimelineSection personId={personId} />
        </div>
        <div className="stack">
          <OpinionSection relationship={relationship} />
          <NotesSection personId={personId} />
          <TasksOfCreator personId={personId} />
          <ContractsOfCreator personId={personId} />
          <AddressOfCreator personId={personId} />
          <ManagersOfCreator relationship={relationship} />
        </div>
      </div>
    </div>
  );
}
