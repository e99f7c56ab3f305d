// What referrer spam sells, as its hosts name it. A word must stand as a part of its own or next to another of these, so that
// "seoul", "essex" or a poker shop's own blog are not caught by letters alone.
const offers = [
  /(?:^|[.-])(?:free|get|buy|best|top|cheap|web|site|rank|social|share|more|your|my|online|100dollars|reasons?-for|for)-?(?:seo|traffic|backlinks?|visitors|share-?buttons?|buttons?)(?:[.-]|$)/,
  /(?:seo|traffic|backlinks?|rank(?:ing)?s?|visitors)-(?:offer|service|services|tools?|boost|checker|audit|monster|2lead|bot|exchange|for|to-your|4u|cms|expert|company|smm)/,
  /(?:^|[.-])(?:\d+-)?reasons-for-seo/,
  /buttons-for-(?:your-)?website|share-?buttons|semalt|darodar|ilovevitaly|econom\.co|get-free|4webmasters|-seo\.(?:com|net|ru|org|xyz)$/,
  /(?:^|[.-])(?:viagra|cialis|levitra|kamagra|porn[a-z]?|porno|xxx|escorts?|hydra\w*onion|1xbet|1xslots?|betwin\w*|slot(?:s|ozal)?|kazino|vulkan|vulcan|joycasino|pin-?up)(?:[.-]|\d|$)/,
  /(?:1xbet|1xslot|1x-slot|casinos?-?(?:x|online|vulkan|bonus|top|play)|(?:online|best|top|play|free)-?casinos?|kazino|vulkan-?(?:klub|club|slot)|joycasino|sex-?(?:shop|video|tube|dating|chat)|porno)/,
  /(?:kredit|zaim|zajm|loan)(?:y|ov|i)?-?(?:zaim|online|na-kart|ru\b|24|bez)|mikrozaim/,
  /(?:kupit|prodvizhenie|raskrutka|razrabotka|remont|otdelka|okna|dveri|natyazhnye|potolki|evakuator|dostavka|gruzo)-?[a-z-]*\.(?:ru|xn--p1ai|su|moscow)$/,
];

/**
 * True for a referring host that no person clicks from: known by what its name offers, or named by the workspace (with everything below it).
 * The host is lower case, as readReferrerHost gives it.
 */
export function isSpamReferrer(host: string, ownList: readonly string[]): boolean {
  if (ownList.some((name) => host === name || host.endsWith(`.${name}`))) return true;
  return offers.some((pattern) => pattern.test(host));
}
