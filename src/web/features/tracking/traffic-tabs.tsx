import { useParam } from '#web/shell/use-go.ts';
import { FlowView } from './flow-view.tsx';

/** From click to money of one campaign. */
export function CampaignTraffic() {
  return <FlowView campaignId={useParam('campaignId')} />;
}

/** From click to money of one creator, over all campaigns. */
export function CreatorTraffic() {
  return <FlowView personId={useParam('personId')} />;
}
