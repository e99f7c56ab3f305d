/** Tables in a creator's words; one without a word of its own is told by its name. */
const words: Record<string, string> = {
  person: 'Your name and contact',
  profile: 'Your accounts',
  profile_metric: 'Figures of your accounts',
  metric_history: 'How those figures went',
  post: 'Posts that were read',
  enrolment: 'Campaigns you are or were on',
  enrolment_event: 'What happened on them',
  enrolment_history: 'What happened on them',
  enrolment_step: 'Steps of those campaigns',
  creator_mention: 'Brands your posts name',
  creator_vector: 'What your posts are about, as numbers for the search',
  profile_content: 'What your newest posts say',
  safety_scan: 'When your texts were searched for risky words',
  creator_relation: 'What you and the brand had to do with each other',
  deliverable: 'What you were to publish',
  deliverable_result: 'How it did',
  link: 'Your short links',
  discount_code: 'Your codes',
  click: 'Clicks on your links',
  conversion: 'Orders that came by you',
  credit: 'Orders counted for you',
  contract: 'Contracts',
  contract_version: 'Versions of contracts',
  submission: 'Drafts you handed in',
  application: 'Applications',
  campaign_invitation: 'Invitations',
  portal_proof: 'Figures you handed in',
  portal_account_person: 'Your account here',
  vetting_report: 'Reports on your accounts',
  vetting_appeal: 'What you said against a report',
  fraud_group: 'Findings of the fraud rules',
  fraud_event: 'Findings of the fraud rules, one by one',
  fraud_order: 'What the fraud rules say of orders',
  fraud_creator: 'What the fraud rules say of your traffic',
  fraud_ban: 'Bans',
  fraud_appeal: 'What you said against a hold',
  fraud_visit: 'Devices you opened the portal with, as hashes of the day',
  touch_exclusion: 'Clicks and codes that do not earn on an order',
  list_member: 'Lists you are on',
  person_fact: 'Marks that other parts keep of you',
  shipment: 'Parcels',
  pick: 'Products you chose',
  address: 'Your address',
  mail: 'Mails to you',
  mail_out: 'Mails to you',
  thread: 'Conversations',
  message: 'Messages',
  stored_file: 'Files: drafts, screenshots, pictures',
  content_asset: 'Pictures and videos in the library',
  disclosure_evidence: 'Checks of labels',
  audit_entry: 'Lines of the trail',
  automation_run: 'Runs of automations',
  automation_event: 'What automations heard of',
  creator_note: 'Notes',
  incident: 'Incidents',
  rebook_opinion: 'Opinions on working together again',
  portal_entry: 'Ways into the portal',
  enrolment_happening: 'Steps of those campaigns',
  portal_link: 'Links to the portal',
  task: 'Tasks',
};

const reasons: Record<string, string> = {
  enrolment: 'costs and results of the campaign add up by it; it names nobody (decision 0050)',
  deliverable: 'results of the campaign add up by it; it names nobody',
  contract: 'signed contracts are evidence of legal claims (Article 17(3)(e) GDPR, decision 0126)',
  contract_version: 'signed contracts are evidence of legal claims (Article 17(3)(e) GDPR, decision 0126)',
  conversion: "orders belong to the shop's own books (Article 17(3)(b) GDPR)",
  credit: "orders belong to the shop's own books (Article 17(3)(b) GDPR)",
  click: 'counts of the campaign; visitors are no part of it',
  link: 'addresses in published posts must lead somewhere',
  discount_code: 'orders were made with it, and the shop may still know it',
  cost: 'the books of the campaign',
  disclosure_evidence:
    'that a post was checked, when and with what verdict, without its text or address (Article 17(3)(e) GDPR)',
  portal_deletion: 'that the erasure was asked for and done, without a name',
  mail_out: 'emptied; its key keeps a mail from being sent twice',
};

/** Why rows of a table stay after an erasure. */
export function staysBecause(name: string): string {
  return reasons[name] ?? 'sums of the campaign are made of it; it holds a number that leads nowhere';
}

export function tableWords(name: string): string {
  return words[name] ?? name.replaceAll('_', ' ');
}

/** What a deletion leaves, each with its reason; only what there is to leave. */
export function whatStays(tables: readonly string[]): { what: string; why: string }[] {
  const has = (name: string) => tables.includes(name);
  const stays = [
    {
      what: 'A line in the brand’s trail that somebody was erased, with a number and no name',
      why: 'so that it can be shown that it was done',
    },
    {
      what: 'If you say "never again": a salted hash of your handles and e-mail',
      why: 'so that an import does not bring you back; nobody can read them from it',
    },
  ];
  if (has('conversion') || has('credit'))
    stays.push({ what: 'Orders that came by you, without your name', why: 'they belong to the shop’s own books' });
  if (has('contract'))
    stays.push({
      what: 'Copies of signed contracts the brand has downloaded, and its books',
      why: 'laws on bookkeeping ask it to keep them for some years; ask the brand for how long',
    });
  return stays;
}

/** Ids of files that rows name, however deep. */
export function fileIdsIn(value: unknown): string[] {
  const found = new Set<string>();
  const look = (part: unknown): void => {
    if (typeof part === 'string') {
      if (/^fil_[0-9a-z]{22}$/.test(part)) found.add(part);
    } else if (typeof part === 'object' && part !== null) Object.values(part).forEach(look);
  };
  look(value);
  return [...found].sort();
}
