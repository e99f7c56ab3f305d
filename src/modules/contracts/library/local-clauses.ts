import { contractModels, type Jurisdiction } from '../api/terms.ts';
import type { ShippedClause } from './shipped-clause.ts';

const paid = ['sponsored', 'ambassadorship'] as const;

function local(
  place: Jurisdiction,
  clause: Pick<ShippedClause, 'id' | 'title' | 'body'> & Partial<ShippedClause>,
): ShippedClause {
  return { version: 1, whenTerm: null, models: contractModels, source: null, ...clause, jurisdictions: [place] };
}

const late = (place: Jurisdiction, text: string, source: string | null): ShippedClause =>
  local(place, {
    id: `late-${place.toLowerCase()}`,
    title: 'Late payment',
    models: paid,
    whenTerm: 'lateFeePercent',
    body: text,
    source,
  });

const disclosure = (place: Jurisdiction, text: string, source: string): ShippedClause =>
  local(place, {
    id: `disclosure-${place.toLowerCase()}`,
    title: 'Disclosure of advertising',
    body: `${text}

In this campaign that means:
{{disclosure}}
The creator does not remove or hide the disclosure while the post is public. If it is missing, the creator mends it within 24 hours of being told, and the brand may hold payment for that post until then.`,
    source,
  });

const data = (place: Jurisdiction, law: string): ShippedClause =>
  local(place, {
    id: `data-${place.toLowerCase()}`,
    title: 'Personal data',
    body: `Each side handles the other’s personal data only to carry out this agreement and to meet its legal duties, keeps it safe, and deletes it when it is no longer needed. ${law}`,
  });

const law = (place: Jurisdiction, text: string): ShippedClause =>
  local(place, { id: `law-${place.toLowerCase()}`, title: 'Which law applies', body: text });

const gdpr =
  'Each is a controller of its own under the General Data Protection Regulation (EU) 2016/679. A signed contract and the evidence of its signature are kept as long as claims from it can be raised (Article 17(3)(e)).';

/** Clauses that differ by the law of a place. Written in English, in plain words. */
export const localClauses: readonly ShippedClause[] = [
  late(
    'US',
    'If the brand pays late, it owes interest on what is overdue: {{lateFee}}. State law on prompt payment of freelance workers stays untouched.',
    null,
  ),
  late(
    'UK',
    'If the brand pays late, it owes interest on what is overdue: {{lateFee}}. Where nothing else is agreed, statutory interest and compensation under the Late Payment of Commercial Debts (Interest) Act 1998 apply.',
    'Late Payment of Commercial Debts (Interest) Act 1998',
  ),
  late(
    'DE',
    'If the brand pays late, it owes interest on what is overdue: {{lateFee}}. Where nothing else is agreed, the statutory default interest between businesses and the flat sum of section 288 of the German Civil Code (BGB) apply.',
    'Section 288 BGB',
  ),
  late(
    'FR',
    'If the brand pays late, it owes penalties on what is overdue: {{lateFee}}, and the flat recovery sum of article D441-5 of the French Commercial Code. Penalties fall due without a reminder.',
    'Articles L441-10 and D441-5, Code de commerce',
  ),
  late(
    'EU',
    'If the brand pays late, it owes interest on what is overdue: {{lateFee}}. Where nothing else is agreed, the statutory interest and recovery costs under the law that implements Directive 2011/7/EU apply.',
    'Directive 2011/7/EU',
  ),
  local('DE', {
    id: 'rights-de',
    title: 'Rights of use (Nutzungsrechte)',
    whenTerm: 'usageRights',
    body: `The creator remains the author. The creator grants the brand the following rights of use; a right not named here, and a kind of use not yet known, is not granted:
{{usageRights}}
A right is non-exclusive unless it says “exclusive”. The rights do not pass on to others without the creator’s consent. The creator is named where that is usual. The remuneration agreed covers exactly these rights; statutory claims to fair remuneration stay untouched.`,
    source: 'Sections 31, 32, 34 and 13 UrhG',
  }),
  local('FR', {
    id: 'rights-fr',
    title: 'Assigned exploitation rights (droits cédés)',
    whenTerm: 'usageRights',
    body: `The creator remains the author and keeps the moral rights. The creator grants the brand only the following rights to reproduce and show the content. Each is limited as to its extent, purpose, place and duration:
{{usageRights}}
What is not named stays with the creator. The remuneration agreed covers exactly these rights.`,
    source: 'Article L131-3, Code de la propriété intellectuelle',
  }),
  disclosure(
    'US',
    'The creator makes the connection to the brand clear and conspicuous in every post: in plain words, where it cannot be missed, in the same language as the post, and in the video itself when it is a video. A platform’s own label alone is not enough. A free product is a connection too.',
    '16 CFR Part 255',
  ),
  disclosure(
    'UK',
    'Every post is obviously identifiable as advertising, before anyone engages with it, with a clear label such as “Ad” at the start. A gift or a discount counts as payment.',
    'CAP Code, section 2; Digital Markets, Competition and Consumers Act 2024',
  ),
  disclosure(
    'DE',
    'Every post is clearly marked as advertising at its start, in German for a German-speaking audience (“Werbung” or “Anzeige”), so that it is recognised at first sight. Goods given count as consideration.',
    'Section 5a(4) UWG; section 22 MStV',
  ),
  disclosure(
    'FR',
    'Every post says “Publicité” or “Collaboration commerciale”, clearly, legibly and identifiably, on the picture or video and all the time it is shown. Retouched faces and bodies are marked “Images retouchées”, images made by artificial intelligence “Images virtuelles”. Promotions that the law forbids (among them cosmetic surgery, and nicotine products) are not made.',
    'Law no. 2023-451 of 9 June 2023, articles 1 to 5',
  ),
  disclosure(
    'EU',
    'The commercial purpose of every post is clear at first sight, in the language of the post, whatever was given for it. A platform’s own label is used where there is one, beside words in the post itself.',
    'Directive 2005/29/EC, article 7(2) and Annex I no. 11; Directive 2010/13/EU, article 9',
  ),
  data('US', 'The creator’s tax forms and payment details are used for nothing but paying and reporting.'),
  data(
    'UK',
    'Each is a controller of its own under the UK General Data Protection Regulation and the Data Protection Act 2018. A signed contract and the evidence of its signature are kept as long as claims from it can be raised.',
  ),
  data('DE', gdpr),
  data('FR', gdpr),
  data('EU', gdpr),
  law(
    'US',
    'The law of the state in which the brand has its seat applies, without its rules on conflicts of laws. A court of the creator’s home stays open to the creator where the law says so.',
  ),
  law(
    'UK',
    'The law of England and Wales applies and its courts decide, unless the parties agree on another place in the United Kingdom.',
  ),
  law(
    'DE',
    'German law applies, without the UN Convention on Contracts for the International Sale of Goods. Mandatory rules of the creator’s home stay untouched.',
  ),
  law(
    'FR',
    'French law applies, among it Law no. 2023-451 of 9 June 2023 on influencer marketing, under which brand and creator answer jointly for damage to others from carrying out this agreement. French courts decide.',
  ),
  law(
    'EU',
    'The law of the member state in which the brand has its seat applies. Mandatory rules of the creator’s home stay untouched.',
  ),
];
