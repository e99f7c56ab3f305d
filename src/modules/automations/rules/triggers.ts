/** Something that happens in a module and can start an automation. `gives` says what it is about. */
export interface Trigger {
  event: string;
  title: string;
  group: string;
  gives: readonly string[];
}

const ofEnrolment = ['campaign', 'enrolment', 'creator'];
const ofDeliverable = [...ofEnrolment, 'deliverable'];
const ofDraft = [...ofDeliverable, 'submission'];
const ofContract = [...ofEnrolment, 'contract'];
const ofPick = [...ofEnrolment, 'pick'];
const ofParcel = [...ofEnrolment, 'shipment'];
const ofMail = [...ofEnrolment];

const table: readonly (readonly [group: string, gives: readonly string[], titles: Readonly<Record<string, string>>])[] =
  [
    [
      'Roster',
      ofEnrolment,
      {
        'enrolment.added': 'A creator comes onto a roster',
        'enrolment.moved': 'A creator moves to another stage',
        'enrolment.changed': 'Terms of a creator on a roster change',
        'enrolment.removed': 'A creator leaves a roster',
        'enrolment.restored': 'A creator is back on a roster',
        'enrolment.joined': 'Two entries of one creator are brought together',
        'enrolment.parted': 'Entries of a creator are parted again',
        'enrolment.happened': 'A step of a creator on a campaign is done for the first time',
      },
    ],
    [
      'Campaign',
      ['campaign'],
      {
        'campaign.live': 'A campaign goes live',
        'campaign.ended': 'A campaign ends',
        'campaign.archived': 'A campaign is archived',
        'brief.changed': 'A new version of a brief is saved',
      },
    ],
    [
      'Campaign',
      ofEnrolment,
      {
        'brief.sent': 'A brief is sent to a creator',
        'brief.acknowledged': 'A creator agrees to a brief',
        'deadline.reminded': 'A deadline comes up, is today or has gone by',
      },
    ],
    [
      'Tasks',
      ['task'],
      {
        'task.added': 'A task is written down',
        'task.done': 'A task is done',
        'task.reopened': 'A task is open again',
      },
    ],
    [
      'Deliverables',
      ofDeliverable,
      {
        'deliverable.planned': 'A deliverable is planned again',
        'deliverable.drafted': 'A deliverable has a draft',
        'deliverable.approved': 'A deliverable is approved',
        'deliverable.live': 'A deliverable is live',
        'deliverable.cancelled': 'A deliverable is cancelled',
      },
    ],
    [
      'Drafts',
      ofDraft,
      {
        'submission.submitted': 'A draft is handed in',
        'submission.changes_requested': 'Changes to a draft are asked for',
        'submission.approved': 'A draft is approved',
        'submission.scheduled': 'A draft is given a time to go live',
        'submission.withdrawn': 'A draft is withdrawn',
        'submission.reviewed': 'One of several reviewers decided',
        'submission.commented': 'A draft is commented on',
        'submission.live': 'A post is said to be live',
        'submission.verified': 'What is live is what was approved',
        'live_post.changed': 'A live post is not as it was',
        'live_post.gone': 'A live post cannot be found any more',
      },
    ],
    [
      'Disclosure',
      ['campaign', 'creator'],
      {
        'disclosure.passed': 'A post or draft discloses as the rules ask',
        'disclosure.failed': 'A post or draft does not disclose as the rules ask',
      },
    ],
    [
      'Contracts',
      ofContract,
      {
        'contract.sent': 'A contract is sent',
        'contract.countered': 'A creator asks for other terms',
        'contract.accepted': 'Other terms are accepted',
        'contract.declined': 'A contract is declined',
        'contract.withdrawn': 'A contract is withdrawn',
        'contract.expiring': 'An offer lapses in three days',
        'contract.expired': 'An offer lapsed',
        'contract.party_signed': 'One side signed',
        'contract.signed': 'Both sides signed',
        'contract.ended': 'A contract ends early',
        'contract.running_out': 'A contract has thirty days left',
        'contract.ran_out': 'A contract ran out and nothing follows it',
        'contract.renewed': 'A renewal takes over from the contract before it',
        'contract.obligation_due': 'Something owed by contract is due today',
      },
    ],
    [
      'Seeding',
      ofPick,
      {
        'pick.submitted': 'A creator chose products',
        'pick.approved': 'A choice of products is approved',
        'pick.rejected': 'A choice of products is turned down',
        'pick.cancelled': 'A choice of products is cancelled',
        'address.given': 'A creator gave an address',
      },
    ],
    [
      'Seeding',
      ofParcel,
      {
        'shipment.ordered': 'A parcel is ordered',
        'shipment.packed': 'A parcel is packed',
        'shipment.shipped': 'A parcel is on its way',
        'shipment.delivered': 'A parcel arrived',
        'shipment.returned': 'A parcel came back',
        'shipment.lost': 'A parcel is lost',
        'shipment.failed': 'A parcel could not be ordered or delivered',
        'shipment.nudged': 'A creator was reminded to post',
      },
    ],
    [
      'Mail',
      ofMail,
      {
        'mail.sent': 'A mail of outreach is sent',
        'mail.replied': 'A creator writes back',
        'mail.bounced': 'A mail comes back',
        'mail.unsubscribed': 'A creator wants no more mails',
      },
    ],
    [
      'Applications',
      ofEnrolment,
      {
        'application.received': 'Somebody applies',
        'application.approved': 'An application is approved',
        'application.rejected': 'An application is turned down',
        'invitation.sent': 'A creator is invited',
        'invitation.accepted': 'A creator accepts an invitation',
        'invitation.declined': 'A creator declines an invitation',
        'portal.opened': 'A creator opens the portal for the first time',
        'portal_proof.received': 'A creator sends figures of their own',
        'portal.deletion_asked': 'A creator asks to be deleted',
      },
    ],
    [
      'Relationship',
      ['creator'],
      {
        'incident.opened': 'An incident is written down',
        'incident.answered': 'An incident is answered',
        'incident.closed': 'An incident is decided',
        'do_not_work.set': 'A creator is not to be worked with',
        'do_not_work.lifted': 'A creator may be worked with again',
        'opinion.saved': 'Somebody says whether to work with a creator again',
      },
    ],
    [
      'Ambassadors',
      ofEnrolment,
      {
        'ambassador.move_proposed': 'The rules put an ambassador into another tier',
        'ambassador.tier_changed': 'An ambassador moves to another tier',
      },
    ],
    [
      'Fraud',
      ['creator'],
      {
        'fraud.flagged': 'The fraud rules open a group of findings',
        'fraud.resolved': 'A group of findings is decided, expires or lapses',
      },
    ],
    [
      'Content',
      ['creator', 'campaign', 'asset'],
      {
        'content.captured': 'Content comes into the library',
        'right.requested': 'A right to use content is asked for',
        'right.granted': 'A right to use content is granted',
        'right.countered': 'A creator names another price for a right',
        'right.declined': 'A right to use content is declined',
        'right.ending': 'A right to use content ends soon',
        'right.ended': 'A right to use content ended',
        'placement.added': 'Content is placed somewhere',
      },
    ],
  ];

export const triggers: readonly Trigger[] = table.flatMap(([group, gives, titles]) =>
  Object.entries(titles).map(([event, title]) => ({ event, title, group, gives })),
);
export const triggerEvents = triggers.map((trigger) => trigger.event);
const byEvent = new Map(triggers.map((trigger) => [trigger.event, trigger]));
export const triggerOf = (event: string) => byEvent.get(event);
