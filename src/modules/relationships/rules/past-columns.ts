/** What a column of an export says of past work. */
export const pastColumns = [
  'creator',
  'platform',
  'email',
  'name',
  'campaign',
  'status',
  'fee',
  'paid',
  'currency',
  'paidOn',
  'postUrl',
  'postedOn',
  'dueOn',
  'rating',
  'again',
  'note',
] as const;
export type PastColumn = (typeof pastColumns)[number];

export const columnWords: Record<PastColumn, string> = {
  creator: 'creator',
  platform: 'platform',
  email: 'e-mail',
  name: 'name',
  campaign: 'campaign',
  status: 'status',
  fee: 'agreed fee',
  paid: 'amount paid',
  currency: 'currency',
  paidOn: 'paid on',
  postUrl: 'post',
  postedOn: 'posted on',
  dueOn: 'due on',
  rating: 'rating',
  again: 'would work with again',
  note: 'note',
};

// Headers of exports and of sheets made by hand, letters and digits only. Words of GRIN, Aspire, Upfluence, Modash and their like; no vendor publishes
// a binding list, so that a header of theirs that is not here is named as ignored and can be renamed.
const synonyms: Record<PastColumn, string> = {
  creator:
    'creator handle username instagramhandle instagramusername tiktokhandle tiktokusername youtubehandle profile profileurl profilelink channelurl influencer influencerhandle influencerusername creatorhandle creatorusername account accounthandle socialhandle partner talent member memberusername',
  platform: 'platform network channel socialnetwork socialplatform',
  email: 'email emailaddress creatoremail influenceremail contactemail mail partneremail memberemail',
  name: 'name fullname creatorname influencername displayname partnername membername firstandlastname',
  campaign:
    'campaign campaignname project projectname program programme programname activation activationname brief collaboration initiative',
  status:
    'status stage state campaignstatus projectstatus relationshipstage collaborationstatus workflowstage workflowstep step participationstatus proposalstatus contentstatus',
  fee: 'fee agreedfee rate agreedrate price agreedprice cost offer offeramount compensation budget negotiatedrate quotedprice contractvalue creatorfee totalcost spend proposedfee',
  paid: 'paid amountpaid totalpaid payment paymentamount payout payoutamount paidamount paymenttotal totalpayout totalpayments paidout amount',
  currency: 'currency paymentcurrency currencycode',
  paidOn: 'paidon paymentdate paiddate datepaid payoutdate dateofpayment paidat payoutsentat paymentsentdate',
  postUrl:
    'posturl url link postlink contenturl contentlink liveurl livelink permalink livepost publishedurl mediaurl postpermalink linktopost',
  postedOn:
    'postedon date postdate posteddate publishdate publishedat publishedon livedate golivedate posted contentdate dateposted livesince completedon completiondate completeddate',
  dueOn: 'dueon duedate deadline due contentdue contentduedate expectedpostdate scheduleddate submissiondeadline',
  rating: 'rating score stars review creatorrating performancerating rank grade internalrating',
  again: 'again wouldworkagain workagain rebook wouldrebook rehire rebookable wouldworkwithagain recommend',
  note: 'note notes comment comments remarks feedback internalnotes memo description',
};

const byKey = new Map(
  pastColumns.flatMap((column) => synonyms[column].split(' ').map((key) => [key, column] as const)),
);

export interface PastHeader {
  at: Partial<Record<PastColumn, number>>;
  found: { header: string; column: PastColumn }[];
  ignored: string[];
}

/** Which column of a file is what; the first of two that mean the same counts. Currencies in brackets do not hide a header: "Fee (EUR)". */
export function readPastHeader(cells: readonly string[]): PastHeader {
  const header: PastHeader = { at: {}, found: [], ignored: [] };
  cells.forEach((cell, index) => {
    const text = cell.trim();
    const column = byKey.get(toKey(text)) ?? byKey.get(toKey(text.replace(/[([].*[)\]]/g, '')));
    if (column !== undefined && header.at[column] === undefined) {
      header.at[column] = index;
      header.found.push({ header: text, column });
    } else if (text !== '') header.ignored.push(text);
  });
  return header;
}

function toKey(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
