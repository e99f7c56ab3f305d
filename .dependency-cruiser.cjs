// The arrows of ARCHITECTURE.md: a module may use only the modules listed beside it. Checked by `npm run arrows`.
const arrows = {
  workspaces: [],
  disclosure: ['workspaces'],
  shops: ['workspaces'],
  ledger: ['workspaces'],
  creators: ['workspaces'],
  discovery: ['workspaces', 'creators'],
  vetting: ['workspaces', 'creators', 'discovery', 'disclosure'],
  campaigns: ['workspaces', 'creators', 'discovery', 'vetting', 'disclosure'],
  contracts: ['workspaces', 'creators', 'campaigns'],
  submissions: ['workspaces', 'creators', 'campaigns', 'contracts', 'disclosure'],
  content: ['workspaces', 'creators', 'campaigns', 'contracts', 'disclosure', 'submissions'],
  seeding: ['workspaces', 'shops', 'creators', 'campaigns'],
  outreach: ['workspaces', 'creators', 'campaigns'],
  tracking: ['workspaces', 'shops', 'creators', 'campaigns'],
  customers: ['workspaces', 'creators', 'tracking'],
  attribution: ['workspaces', 'tracking', 'customers'],
  fraud: ['workspaces', 'creators', 'campaigns', 'tracking', 'attribution'],
  payouts: ['workspaces', 'creators', 'campaigns', 'contracts', 'attribution', 'ledger'],
  forecasts: ['workspaces', 'creators', 'discovery', 'campaigns', 'attribution'],
  relationships: [
    'workspaces',
    'creators',
    'vetting',
    'campaigns',
    'contracts',
    'outreach',
    'submissions',
    'seeding',
    'attribution',
    'payouts',
  ],
};
// The creator's side looks at what each module has for one creator.
arrows.portal = Object.keys(arrows);
// Reports reads all, automations acts on all, today looks over all.
arrows.reports = Object.keys(arrows);
arrows.automations = Object.keys(arrows);
// Webhooks tell outsiders of what automations may act on.
arrows.webhooks = Object.keys(arrows);
arrows.today = Object.keys(arrows);
// An archive holds a whole workspace, so it touches the tables of all.
arrows.archives = Object.keys(arrows);

const error = (name, from, to, comment = '') => ({ name, comment, severity: 'error', from, to });
const layer = (name, from, ...mayUse) => error(name, { path: from }, { path: '^src/', pathNot: mayUse });
// A large api.ts is split below api/; other modules and the faces still read it through api.ts alone.
const anyApi = '^src/modules/[^/]+/(api\\.ts$|api/)';
const apiFace = '^src/modules/[^/]+/api\\.ts$';
const anyFace = '^src/modules/[^/]+/(index|api)\\.ts$';

module.exports = {
  forbidden: [
    layer('kernel-stands-alone', '^src/kernel/', '^src/kernel/'),
    layer('infra-knows-no-business', '^src/infra/', '^src/(kernel|infra)/'),
    layer('modules-know-no-outside', '^src/modules/', '^src/(kernel|infra|modules)/'),
    // Rules are pure, so an api.ts may hand some on to the browser, as the check of a caption while it is typed.
    layer('api-files-are-portable', anyApi, '^src/kernel/', anyApi, '^src/modules/disclosure/rules/'),
    layer('rules-are-pure', '^src/modules/[^/]+/rules/', '^src/kernel/', '^src/modules/[^/]+/rules/', anyApi),
    error(
      'rules-touch-no-world',
      { path: '^src/modules/[^/]+/rules/' },
      { path: '(^|/)(pg|kysely|hono|pg-boss|nodemailer)(/|$)' },
    ),
    layer('integrations-see-faces', '^src/integrations/', '^src/(kernel|infra|integrations)/', anyFace),
    layer('clients-speak-api', '^src/(client|web|mcp)/', '^src/(kernel|client|web|mcp)/', apiFace),
    layer('cli-speaks-api-or-admin', '^src/cli/', '^src/(kernel|client|cli|admin)/', apiFace),
    layer('admin-sees-faces', '^src/admin/', '^src/(kernel|infra|admin)/', anyFace),
    error('faces-apart', { path: '^src/(web|cli|mcp)/' }, { path: '^src/(web|cli|mcp)/', pathNot: '^src/$1/' }),
    error(
      'web-features-apart',
      { path: '^src/web/features/([^/]+)/' },
      { path: '^src/web/features/', pathNot: '^src/web/features/$1/' },
    ),
    error('web-ui-knows-no-feature', { path: '^src/web/ui/' }, { path: '^src/', pathNot: '^src/(kernel|web/ui)/' }),
    error(
      'no-node-in-the-browser',
      { path: `^src/(kernel|client|web)/|/rules/|${anyApi}` },
      { dependencyTypes: ['core'] },
    ),
    error('no-cycles', {}, { circular: true }),
    error(
      'every-module-has-arrows',
      { path: '^src/modules/', pathNot: `^src/modules/(${Object.keys(arrows).join('|')})/` },
      { path: '^src/' },
    ),
    ...Object.entries(arrows).map(([name, uses]) =>
      error(
        `arrows-of-${name}`,
        { path: `^src/modules/${name}/` },
        {
          path: '^src/modules/',
          pathNot: [`^src/modules/${name}/`, ...uses.map((used) => `^src/modules/${used}/(index|api)\\.ts$`)],
        },
        `${name} may use: ${uses.join(', ') || 'nothing'}`,
      ),
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.tsx?$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
};
