/** Every kind of thing that has an id, and the prefix that tells it apart in logs and URLs. */
export const idPrefixes = {
  workspace: 'ws',
  user: 'usr',
  session: 'ses',
  account: 'acc',
  passwordReset: 'rst',
  member: 'mem',
  invitation: 'inv',
  apiKey: 'key',
  auditEntry: 'aud',
  person: 'per',
  profile: 'prf',
  post: 'pst',
  comment: 'cmt',
  commentCorrection: 'cor',
  commentPod: 'pod',
  importRun: 'imp',
  importMapping: 'map',
  suppression: 'sup',
  merge: 'mrg',
  archive: 'arc',
  archiveImport: 'arim',
  media: 'med',
  list: 'lst',
  savedSearch: 'srch',
  listComment: 'lcm',
  calendarFeed: 'cal',
  listShare: 'shr',
  searchNotice: 'ntc',
  watchedBrand: 'wbr',
  followerSet: 'fls',
  customer: 'cus',
  check: 'chk',
  signal: 'sig',
  verdict: 'vrd',
  vettingReport: 'vet',
  vettingRun: 'vrun',
  vettingShare: 'vsh',
  appeal: 'apl',
  safetyFlag: 'sfl',
  safetyList: 'swl',
  campaign: 'cmp',
  campaignModel: 'cmm',
  goal: 'goal',
  brief: 'brf',
  enrolment: 'enr',
  enrolmentEvent: 'enh',
  deliverable: 'dlv',
  cost: 'cost',
  result: 'res',
  file: 'fil',
  task: 'tsk',
  reminder: 'rmd',
  goalCheck: 'gck',
  briefTemplate: 'btp',
  moodItem: 'mood',
  acknowledgement: 'ack',
  submission: 'sub',
  review: 'rev',
  reviewComment: 'rvc',
  reviewLink: 'rvl',
  liveCheck: 'lck',
  contract: 'con',
  contractVersion: 'cnve',
  contractTemplate: 'ctp',
  clause: 'cls',
  signature: 'sgn',
  obligation: 'obl',
  disclosureCheck: 'dck',
  disclosureEvidence: 'dev',
  product: 'prd',
  variant: 'var',
  pick: 'pck',
  shipment: 'shp',
  shop: 'sho',
  asset: 'ast',
  placement: 'plc',
  contentRight: 'crt',
  adPermission: 'adp',
  mailbox: 'mbx',
  mailConsent: 'mcs',
  mail: 'mail',
  thread: 'thr',
  message: 'msg',
  template: 'tpl',
  sequence: 'seq',
  sequenceRun: 'sqr',
  mailing: 'mlg',
  touch: 'tch',
  doNotContact: 'dnc',
  portalLink: 'ptl',
  portalSession: 'pts',
  portalAccount: 'pta',
  portalCode: 'ptc',
  portalProof: 'ptp',
  portalDeletion: 'ptd',
  applicationPage: 'apg',
  application: 'app',
  automation: 'aut',
  automationRun: 'arn',
  webhookEndpoint: 'whe',
  webhookMessage: 'whm',
  incident: 'inc',
  note: 'note',
  opinion: 'opn',
  ambassadorTier: 'atr',
  ambassadorJudgement: 'ajd',
  ambassadorMove: 'amv',
  doNotWork: 'dnw',
  pastWork: 'pwk',
  manager: 'mgr',
  link: 'lnk',
  code: 'cod',
  till: 'til',
  tillEvent: 'tev',
  snippetKey: 'snk',
  click: 'clk',
  conversion: 'cnv',
  refund: 'ref',
  intake: 'itk',
  source: 'src',
  linkDomain: 'dom',
  utmTemplate: 'utm',
  credit: 'crd',
  creditChange: 'crc',
  creditRun: 'crn',
  experiment: 'exp',
  surveyAnswer: 'ans',
  fraudGroup: 'frg',
  fraudEvent: 'fre',
  fraudBan: 'frb',
  fraudAppeal: 'fra',
  lead: 'lead',
  event: 'evt',
  request: 'req',
  job: 'job',
} as const;

export type IdKind = keyof typeof idPrefixes;

// Crockford's base 32: no I, L, O, U, so an id read aloud survives.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const timeChars = 9;
const randomChars = 13;

/**
 * A new id: prefix, 9 characters of milliseconds (sorts by time until the year 3084), 13 random ones (65 bits).
 * Time may be given so that tests and the sample workspace are reproducible.
 */
export function newId(kind: IdKind, nowMs: number = Date.now(), random: () => number = secureUnit): string {
  let time = '';
  let rest = nowMs;
  for (let i = 0; i < timeChars; i += 1) {
    time = alphabet[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  for (let i = 0; i < randomChars; i += 1) tail += alphabet[Math.floor(random() * 32)];
  return `${idPrefixes[kind]}_${time}${tail}`;
}

const pool = new Uint8Array(1024);
let poolAt = pool.length;

function secureUnit(): number {
  if (poolAt >= pool.length) {
    crypto.getRandomValues(pool);
    poolAt = 0;
  }
  const byte = pool[poolAt] ?? 0;
  poolAt += 1;
  return (byte & 31) / 32;
}
