import { oneLine } from '#kernel/one-line.ts';

/** What a letter says; greeting, link and footer are the same for all. */
export interface LetterWords {
  subject: string;
  lines: string[];
}

interface OfferMail {
  brandName: string;
  title: string;
  kind: 'contract' | 'amendment' | 'renewal';
  expires: string;
  message: string;
}

const offerWords: Record<OfferMail['kind'], { what: string; subject: string }> = {
  contract: { what: 'a contract', subject: 'your contract for' },
  amendment: { what: 'a change to your contract', subject: 'a change to' },
  renewal: { what: 'a contract that renews the one you have', subject: 'a renewal for you:' },
};

/** The mail that brings an offer. */
export function mailOfOffer(of: OfferMail): LetterWords {
  const { what, subject } = offerWords[of.kind];
  return {
    subject: oneLine(`${of.brandName}: ${subject} ${of.title}`),
    lines: [
      `${oneLine(of.brandName)} sends you ${what}: “${oneLine(of.title)}”.`,
      of.message,
      `Read it, propose changes, sign or decline here, until ${of.expires}:`,
    ],
  };
}

/** Reminds of an offer that lapses soon. */
export function mailOfLapsing(of: Pick<OfferMail, 'brandName' | 'title' | 'expires'>): LetterWords {
  const brand = oneLine(of.brandName);
  return {
    subject: oneLine(`${brand}: ${of.title} waits for your answer`),
    lines: [`“${oneLine(of.title)}” from ${brand} is open until ${of.expires}. Read and answer it here:`],
  };
}

/** Tells the creator what the brand answered to a counter-offer, or that both have signed. */
export function mailOfNews(of: { brandName: string; title: string; news: string }): LetterWords {
  return { subject: oneLine(`${of.brandName}: news on ${of.title}`), lines: [of.news] };
}
