const words: ReadonlySet<string> = new Set(
  (
    'giving god you u for to all mom mum dad mama papa jesus lord guys every universe friend friends love life mother father nature world so a always again team fully ' +
    'insta the my it obama santa allah heaven fam family everyone everybody everything ladies boys girls summer babe baby sis bro sister brother dios vida mami tanto ' +
    'infinitas mille beaucoup la le les los las deus gott leben an dir euch fur happy week day days friday monday tuesday wednesday thursday saturday sunday letter card ' +
    'note cards notes followers follower following support supporting supporters much very really loads million of your being being here there this that these those and ' +
    'me us our ya yall in on up memories memory birthday wishes wish year years night fans subs subscribers likes comments reading watching listening waiting coming having ' +
    'voting not at with alot lot lots tutti tutto tutte grazie mil todos todas por dem das alles allen tous toutes tout toi vous pour weather teacher teachers veterans nurses ' +
    'nhs doctors heroes healthworkers service blog again more is are i we'
  ).split(' '),
);
const longest = Math.max(...[...words].map((word) => word.length));
const charactersMax = 60;

/** What people thank in hashtags who thank no brand: #thankstoallmyfollowers, #thanksgod. All of it is made of such words. */
export function isEverydayThanks(whom: string): boolean {
  const text = whom.slice(0, charactersMax);
  // From here on the rest is made of words.
  const fits = new Array<boolean>(text.length + 1).fill(false);
  fits[text.length] = true;
  for (let from = text.length - 1; from >= 0; from -= 1)
    for (let to = from + 1; to <= Math.min(text.length, from + longest); to += 1)
      if (fits[to] === true && words.has(text.slice(from, to))) fits[from] = true;
  return fits[0] === true;
}
