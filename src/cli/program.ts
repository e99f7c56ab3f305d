import { Command } from 'commander';
import type { Client } from '#client/client.ts';
import { registerAmbassadors } from './ambassadors.ts';
import { registerApiKeys } from './api-keys.ts';
import { registerApplications } from './applications.ts';
import { registerAsk } from './ask.ts';
import { registerAttribution } from './attribution.ts';
import { registerAutomations } from './automations.ts';
import { registerBackup } from './backup.ts';
import { registerBrands } from './brands.ts';
import { registerBriefs } from './briefs.ts';
import { registerCampaigns } from './campaigns.ts';
import type { Cli } from './cli.ts';
import { registerCodes } from './codes.ts';
import { registerComments } from './comments.ts';
import { registerConnections } from './connections.ts';
import { registerContracts } from './contracts.ts';
import { registerCreators } from './creators.ts';
import { registerCreatorsMatch } from './creators-match.ts';
import { registerCreatorsSearch } from './creators-search.ts';
import { registerCustomers } from './customers.ts';
import { registerDisclosure } from './disclosure.ts';
import { registerDoctor } from './doctor.ts';
import { registerExperiments } from './experiments.ts';
import { registerFraud } from './fraud.ts';
import { registerLeads } from './leads.ts';
import { registerLinks } from './links.ts';
import { registerLists } from './lists.ts';
import { registerMembers } from './members.ts';
import { registerOrderSources } from './order-sources.ts';
import { registerOrders } from './orders.ts';
import { registerOutreach } from './outreach.ts';
import { registerOverlap } from './overlap.ts';
import { registerPaidPosts } from './paid-posts.ts';
import { registerPortal } from './portal.ts';
import { registerProducts } from './products.ts';
import { registerReports } from './reports.ts';
import { registerSafety } from './safety.ts';
import { registerSample } from './sample.ts';
import { registerSearches } from './searches.ts';
import { registerSeeding } from './seeding.ts';
import { registerShops } from './shops.ts';
import { registerSubmissions } from './submissions.ts';
import { registerSurvey } from './survey.ts';
import { registerTasks } from './tasks.ts';
import { registerTiers } from './tiers.ts';
import { registerVetting } from './vetting.ts';
import { registerWebhooks } from './webhooks.ts';
import { registerWorkspaces } from './workspaces.ts';

export interface ProgramOptions {
  /** Connects for one command. `startsDatabase`: the noun may run without a server, on the database alone. */
  connect(options: { startsDatabase: boolean; tell: (line: string) => void }): Promise<Connection>;
  write(text: string): void;
  writeError(text: string): void;
}

/** A server that was reached; makes clients that act in a workspace, null for the default one. */
export type Connection = (workspace: string | null) => Client;

/** Each noun adds its commands; a new noun is one file and one line here. */
type Register = (program: Command, cli: Cli) => void;

const nouns: Register[] = [
  registerAmbassadors,
  registerDoctor,
  registerBackup,
  registerAutomations,
  registerApiKeys,
  registerWorkspaces,
  registerMembers,
  registerVetting,
  registerSample,
  registerContracts,
  registerCreators,
  registerCreatorsSearch,
  registerCreatorsMatch,
  registerComments,
  registerSafety,
  registerPaidPosts,
  registerConnections,
  registerLists,
  registerAsk,
  registerSearches,
  registerOverlap,
  registerBrands,
  registerCustomers,
  registerTasks,
  registerTiers,
  registerReports,
  registerCodes,
  registerLinks,
  registerOrderSources,
  registerWebhooks,
  registerOrders,
  registerAttribution,
  registerExperiments,
  registerFraud,
  registerLeads,
  registerSurvey,
  registerCampaigns,
  registerProducts,
  registerSeeding,
  registerShops,
  registerBriefs,
  registerSubmissions,
  registerDisclosure,
  registerOutreach,
  registerPortal,
  registerApplications,
];

/** Nouns that start the database for one command when no server runs. */
const withoutServer = new Set(['api-keys', 'creators', 'sample']);

/** The command line: `rapport <noun> <verb>`, a face of the same API as web and assistants. */
export function createProgram(options: ProgramOptions): Command {
  const program = new Command('rapport')
    .description('Micro-influencer marketing from end to end, on your own machine')
    .option('--json', 'print exactly one JSON value on standard output')
    .option('--workspace <slug>', 'the workspace to act in; by default the only one that is not the sample')
    .showHelpAfterError('(add --help for what is understood)')
    .configureOutput({ writeOut: options.write, writeErr: options.writeError })
    .exitOverride();
  let connected: Promise<Connection> | null = null;
  const connect = () => {
    const startsDatabase = withoutServer.has(program.args[0] ?? '');
    connected ??= options.connect({ startsDatabase, tell: cli.tell });
    return connected;
  };
  const isJson = () => optionOf(program, 'json') === true;
  const cli: Cli = {
    client: async () => {
      const workspace = optionOf(program, 'workspace');
      return (await connect())(typeof workspace === 'string' ? workspace : null);
    },
    clientIn: async (workspace) => (await connect())(workspace),
    print: (value, text) => options.write(`${isJson() ? JSON.stringify(value) : text(value)}\n`),
    tell: (line) => {
      if (!isJson()) options.writeError(`${line}\n`);
    },
    isJson,
  };
  for (const register of nouns) register(program, cli);
  for (const command of allCommands(program)) {
    // The two global options may stand anywhere in the line.
    command
      .option('--json', 'print exactly one JSON value')
      .option('--workspace <slug>', 'the workspace to act in')
      .exitOverride();
  }
  return program;
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child as Command, ...allCommands(child as Command)]);
}

function optionOf(program: Command, name: string): unknown {
  const own: unknown = program.opts()[name];
  if (own !== undefined) return own;
  return allCommands(program)
    .map((command): unknown => command.opts()[name])
    .find((value) => value !== undefined);
}
