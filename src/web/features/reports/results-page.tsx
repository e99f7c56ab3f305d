import { type CampaignReport, getCampaignReport } from '#modules/reports/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useParam } from '#web/shell/use-go.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { AnswerHead } from './answer-head.tsx';
import { CommentResults } from './comment-results.tsx';
import { ContentResults } from './content-results.tsx';
import { CreatorResults } from './creator-results.tsx';
import { DayChart } from './day-chart.tsx';
import { GoalCards } from './goal-cards.tsx';
import { AttentionFigures, MoneyFigures } from './money-figures.tsx';
import './reports.css';
import { ResultsFunnel } from './results-funnel.tsx';

/** What a campaign brought: the answer first, then what it rests on. Prints as a report. */
export function ResultsPage() {
  const campaignId = useParam('campaignId');
  const mayRead = useCan('reports:read');
  const query = useApiQuery(getCampaignReport, { campaignId }, { enabled: mayRead });
  if (!mayRead) return <EmptyState title="Your role does not read reports">Ask an owner or admin for it.</EmptyState>;
  return <QueryState query={query}>{(report) => <Results report={report} />}</QueryState>;
}

function Results({ report }: { report: CampaignReport }) {
  return (
    <article className="results-doc">
      <AnswerHead report={report} />
      <GoalCards goals={report.goals} campaignId={report.campaign.id} asOf={report.computedAt} />
      <MoneyFigures report={report} />
      <ResultsFunnel report={report} />
      <CreatorResults report={report} />
      <DayChart report={report} />
      <AttentionFigures report={report} />
      <ContentResults report={report} />
      <CommentResults report={report} />
      <footer className="results-notes">
        <ol>
          {report.footnotes.map((note) => (
            <li key={note.id} id={`note-${note.id}`} className="meta">
              {note.text}
            </li>
          ))}
        </ol>
      </footer>
    </article>
  );
}
