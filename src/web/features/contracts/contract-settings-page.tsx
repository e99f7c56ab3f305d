import { getContractSettings, listClauses, listTemplates } from '#modules/contracts/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { ClauseLibrary } from './clause-library.tsx';
import './contracts.css';
import { PartySettings } from './party-settings.tsx';
import { SealSettings } from './seal-settings.tsx';
import { TemplateList } from './template-list.tsx';

/** The party the workspace is, the seal, templates and the clause library. */
export function ContractSettingsPage() {
  const settings = useApiQuery(getContractSettings, {});
  const clauses = useApiQuery(listClauses, {});
  const templates = useApiQuery(listTemplates, {});
  const mayManage = useCan('workspace:write');
  const mayWrite = useCan('contracts:write');
  return (
    <div className="stack">
      <QueryState query={settings}>
        {(answer) => (
          <>
            <PartySettings settings={answer} mayManage={mayManage} />
            <SealSettings settings={answer} mayManage={mayManage} />
          </>
        )}
      </QueryState>
      <QueryState query={templates}>
        {(answer) => <TemplateList templates={answer.templates} notice={answer.notice} mayWrite={mayWrite} />}
      </QueryState>
      <QueryState query={clauses}>
        {(answer) => <ClauseLibrary clauses={answer.clauses} variables={answer.variables} mayWrite={mayWrite} />}
      </QueryState>
    </div>
  );
}
