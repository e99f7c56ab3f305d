import { type CampaignModelEntry, listCampaignModels } from '#modules/campaigns/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { QueryState } from '#web/ui/query-state.tsx';

/** How one works together: the workspace's own models and those that come with the program. */
export function ModelChoice({ modelId, onChoose }: { modelId: string; onChoose: (model: CampaignModelEntry) => void }) {
  const query = useApiQuery(listCampaignModels, {});
  return (
    <QueryState query={query}>
      {(models) => (
        <>
          <div className="camp-models">
            {models.map((model) => (
              <label key={model.id}>
                <input
                  type="radio"
                  name="model"
                  value={model.id}
                  checked={modelId === model.id}
                  onChange={() => onChoose(model)}
                />
                <b>{model.name}</b>
                <span className="meta">{model.summary}</span>
              </label>
            ))}
          </div>
          <p className="meta">
            Stages, goals and brief of each stand under{' '}
            <AppLink to="/campaigns/models" className="link">
              Campaign models
            </AppLink>
            , where you keep your own.
          </p>
        </>
      )}
    </QueryState>
  );
}
