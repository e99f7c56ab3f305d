interface OfferMail {
  creatorName: string;
  brandName: string;
  title: string;
  kind: 'contract' | 'amendment' | 'renewal';
  expires: string;
  message: string;
  url: string;
}

/** One line without control characters: fit for the header of a mail. */
export function oneLine(text: string, max = 150): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return Array.from(plain).slice(0, max).join('');
}

const offerWords: Record<OfferMail['kind'], { what: string; subject: string }> = {
  contract: { what: 'a contract', subject: 'your contract for' },
  amendment: { what: 'a change to your contract', subject: 'a change to' },
  renewal: { what: 'a contract that renews the one you have', subject: 'a renewal for you:' },
};

/** The mail that brings an offer. The link lets one person in, so the text is a secret. */
export function mailOfOffer(of: OfferMail): { subject: string; text: string } {
  const { what, subject } = offerWords[of.kind];
  return {
    subject: oneLine(`${of.brandName}: ${subject} ${of.title}`),
    text: `Hello ${oneLine(of.creatorName)},

${oneLine(of.brandName)} sends you ${what}: “${oneLine(of.title)}”.
${of.message === '' ? '' : `\n${of.message}\n`}
Read it, propose changes, sign or decline here, until ${of.expires}:
${of.url}

This link is yours alone. Please do not pass it on.
`,
  };
}

/** Reminds of an offer that lapses soon. */
export function mailOfLapsing(of: Omit<OfferMail, 'message' | 'kind'>): { subject: string; text: string } {
  return {
    subject: oneLine(`${of.brandName}: ${of.title} waits for your answer`),
    text: `Hello ${oneLine(of.creatorName)},

“${oneLine(of.title)}” from ${oneLine(of.brandName)} is open until ${of.expires}. Read and answer it here:
${of.url}

This link is yours alone. Please do not pass it on.
`,
  };
}

/** Tells the creator what the brand answered to a counter-offer, or that both have signed. */
export function mailOfNews(of: { creatorName: string; brandName: string; title: string; news: string; url: string }): {
  subject: string;
  text: string;
} {
  return {
    subject: oneLine(`${of.brandName}: news on ${of.title}`),
    text: `Hello ${oneLine(of.creatorName)},

${of.news}

${of.url}

This link is yours alone. Please do not pass it on.
`,
  };
}
