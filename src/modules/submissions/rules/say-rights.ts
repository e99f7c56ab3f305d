export interface RightsWords {
  text: string;
  channels: readonly string[];
  isPaid: boolean;
  territory: string;
  days: number | null;
}

const channelWords: Readonly<Record<string, string>> = {
  creator_account: 'the creator’s own account',
  brand_social: 'the brand’s social accounts',
  brand_website: 'the brand’s website',
  email: 'e-mail',
  marketplaces: 'shops and marketplaces',
  print: 'print',
  out_of_home: 'out of home',
  broadcast: 'broadcast',
};

/** The words as a creator reads and accepts them: the brand's own, and below them what they come to. The same wording always reads the same. */
export function sayRights(of: RightsWords): string {
  const where = of.channels.map((channel) => channelWords[channel] ?? channel).join(', ');
  const howLong = of.days === null ? 'without end' : `for ${of.days} days from today`;
  return `${of.text}\n\nWhere: ${where}. Paid advertising: ${of.isPaid ? 'yes' : 'no'}. Territory: ${of.territory}. How long: ${howLong}.`;
}
