import type { Route } from '#infra/http/call.ts';
import type { Infra, Module } from '#infra/module.ts';
import { createCodeShops } from '#integrations/code-shops.ts';
import { createConnectors } from '#integrations/connectors.ts';
import { ga4Receiver } from '#integrations/ga4/ga4.ts';
import { createGiftShops } from '#integrations/gift-shops.ts';
import { createQuestionModel } from '#integrations/llm/question-model.ts';
import { createMailServers } from '#integrations/mail-servers.ts';
import { createOrderShops } from '#integrations/order-shops.ts';
import { createShopConnectors } from '#integrations/shop-connectors.ts';
import { createArchives } from '#modules/archives/index.ts';
import { createAttribution } from '#modules/attribution/index.ts';
import { type Automations, createAutomations, runsOfSplit } from '#modules/automations/index.ts';
import { campaignsOfSplit, createCampaigns } from '#modules/campaigns/index.ts';
import { createContent, rightsDays } from '#modules/content/index.ts';
import { contractDays, contractsOfSplit, createContracts } from '#modules/contracts/index.ts';
import { createCreators } from '#modules/creators/index.ts';
import { createDisclosure } from '#modules/disclosure/index.ts';
import { createDiscovery, type Discovery } from '#modules/discovery/index.ts';
import { createFraud } from '#modules/fraud/index.ts';
import { createOutreach, type Outreach } from '#modules/outreach/index.ts';
import { createPortal, type Portal } from '#modules/portal/index.ts';
import { createRelationships } from '#modules/relationships/index.ts';
import { createReports } from '#modules/reports/index.ts';
import { choicesOfSplit, createSeeding, giftsFromShops } from '#modules/seeding/index.ts';
import { createShops } from '#modules/shops/index.ts';
import { createSubmissions } from '#modules/submissions/index.ts';
import { createToday } from '#modules/today/index.ts';
import { codesInShops, createTracking, ordersFromShops, type Tracking } from '#modules/tracking/index.ts';
import { createVetting, type VettingModule } from '#modules/vetting/index.ts';
import { createWebhooks, type Webhooks } from '#modules/webhooks/index.ts';
import { createWorkspaces, type Workspaces } from '#modules/workspaces/index.ts';
import { createSample } from './sample/remove-sample.ts';

export interface Modules {
  workspaces: Workspaces;
  tracking: Tracking;
  discovery: Discovery;
  vetting: VettingModule;
  portal: Portal;
  outreach: Outreach;
  automations: Automations;
  webhooks: Webhooks;
  /** All of them, in the order they start; they stop in the reverse order. */
  all: Module[];
}

/** Puts the modules together. The one place that knows them all. */
export function wire(infra: Infra): Modules {
  let doors: ReadonlyMap<string, Route> | undefined;
  const workspaces = createWorkspaces(infra);
  const shops = createShops(infra, {
    connectors: createShopConnectors(infra.fetch),
    users: [giftsFromShops(infra), codesInShops(), ordersFromShops()],
  });
  const creators = createCreators(infra, {
    connectors: createConnectors(infra.fetch),
    splitSources: [campaignsOfSplit, contractsOfSplit, choicesOfSplit, runsOfSplit],
  });
  const { languageModel } = infra.config;
  const questionModel = languageModel === null ? null : createQuestionModel(languageModel);
  const discovery = createDiscovery(infra, { questionModel });
  const disclosure = createDisclosure(infra);
  const vetting = createVetting(infra);
  const campaigns = createCampaigns(infra, { calendarSources: [contractDays(infra), rightsDays(infra)] });
  const contracts = createContracts(infra);
  const submissions = createSubmissions(infra);
  const content = createContent(infra);
  const seeding = createSeeding(infra, createGiftShops(infra.fetch));
  const servers = createMailServers(infra.fetch, infra.config.mailHosts);
  const outreach = createOutreach(infra, { servers, draftModel: questionModel });
  const tracking = createTracking(infra, createCodeShops(infra.fetch), createOrderShops(infra.fetch));
  const attribution = createAttribution(infra);
  const fraud = createFraud(infra);
  const relationships = createRelationships(infra);
  const reports = createReports(infra);
  const portal = createPortal(infra);
  const automations: Automations = createAutomations(infra, () => {
    doors ??= new Map(all.flatMap((module) => module.routes).map((one) => [one.endpoint.name, one]));
    return doors;
  });
  const webhooks = createWebhooks(infra, [ga4Receiver]);
  const today = createToday(infra);
  const archives = createArchives(infra, {
    settleClicks: () => tracking.settleClicks(),
    adopt: async (workspaceId) => {
      await discovery.makeContent(workspaceId);
      await vetting.readOnComments(workspaceId);
    },
  });
  const sample = createSample(infra, (workspaceId) => discovery.forget(workspaceId));
  const all: Module[] = [
    workspaces,
    shops,
    creators,
    discovery,
    disclosure,
    vetting,
    campaigns,
    contracts,
    submissions,
    content,
    seeding,
    outreach,
    tracking,
    attribution,
    fraud,
    relationships,
    reports,
    portal,
    automations,
    webhooks,
    today,
    archives,
    sample,
  ];
  for (const module of all) for (const consumer of module.consumers ?? []) infra.outbox.subscribe(consumer);
  return { workspaces, tracking, discovery, vetting, portal, outreach, automations, webhooks, all };
}

/** Starts the modules in order. */
export async function startModules(modules: Modules): Promise<void> {
  for (const module of modules.all) await module.start?.();
}

/** Stops them in the reverse order; one that fails to stop does not keep the others from it. */
export async function stopModules(modules: Modules, onError: (error: unknown) => void): Promise<void> {
  for (const module of modules.all.toReversed()) await module.stop?.().catch(onError);
}
