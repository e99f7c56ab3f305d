/**
 * What says outright that a post is an ad, cut out before a model reads it, so that it goes by how ads sound and not by how they are labelled: tags
 * and phrases of disclosure, ambassador and partner tags, thanks to an account for something, and every @name.
 */
const disclosed = [
  /#(?:ad|ads|advert|advertisement|sponsored|sponsor|sp|spon|paid|paidpartnership|anzeige|werbung|publicidad|gifted)\b/gi,
  /\b(?:in paid partnership with|paid partnership|sponsored by)\b/gi,
  /#(?:partner|partnership|collab|ambassador|pub|publi|reklam|reklame|annonce)\b/gi,
  /#?\w+(?:partner|ambassador)\b/gi,
  /\bthanks?(?: you)?(?: so much)? to @[\w.]+ for\b[^.!?\n]*/gi,
  /@[\w.]+/g,
] as const;

/** No more of a caption is read: the longest that Instagram takes. */
const charactersMax = 2200;

/** The caption without what discloses it and without names. */
export function maskDisclosure(caption: string): string {
  return disclosed.reduce((text, pattern) => text.replace(pattern, ' '), caption.slice(0, charactersMax));
}

/** Wordings of trade in the languages of the word lists. */
const wordings = {
  address: /\b(?:https?:\/\/|www\.|bit\.ly|[a-z0-9-]+\.(?:com|co|net|me|ly|de|fr|es|it|uk|tv|to)\b)/i,
  bioLink:
    /link (?:is )?in (?:my |the |our )?(?:bio|profile)|swipe up|link in der bio|lien (?:en|dans ma) bio|link en (?:la |mi )?bio|link na bio/i,
  code: /\b(?:code|coupon|promo|discount|rabatt|rabattcode|c[oó]digo|descuento|codice|sconto|r[eé]duction|desconto)\b|\d+ ?%/i,
  shop: /\b(?:shop|buy|order|sale|stores?|available|pre-?order|check ?out|get yours|purchase|launch(?:ing|ed)?|new|free|win|giveaway|enter|download|app|tickets|tune in|jetzt|kaufen|gratis|gewinn\w*|neue[nrs]?|compra\w*|nuev[oa]s?|sorteo|nouvelle?|gagne\w*|nuov[oa]|scont\w*|nov[oa])\b/i,
  praise:
    /\b(?:love|loving|obsessed|favou?rite|fav|amazing|perfect|excited|thank(?:s| you)|proud|happy to|teamed up|partner(?:ed|ing)?|collab\w*|together with|courtesy|zusammenarbeit|danke|gracias|merci|grazie|obrigad[oa])\b/i,
  mine: /\bmy\b|\bmein\w*|\bmi\b|\bmon\b|\bmio\b|\bmeu\b/i,
  you: /\b(?:you|your|ur|ihr|euch|eure?|du|dein\w*|tu|te|vous|votre|voc[eê])\b/i,
  thanks: /\b(?:thanks?|thank you|danke|gracias|merci|grazie|obrigad[oa])\b/i,
  mark: /[®™]/,
  price: /[$€£]\s?\d|\d\s?[€£]/,
  more: /\b(?:learn|read|find out|see|watch|check|mehr|erfahre) more\b|\bmore (?:info|details)\b|\bmehr (?:infos?|dazu)\b/i,
  order: /^\s*(?:check|get|try|go|visit|click|tap|follow|watch|head|grab|join|don'?t|schau\w*|hol\w*|probier\w*)\b/im,
  goods:
    /\b(?:skin|hair|teeth|whiten\w*|detox|tea|protein|shake|vitamin\w*|watch|watches|shoes|boots|dress|bag|makeup|lipstick|mascara|serum|cream|oil|phone|camera|car|drink|snack|delicious|flavou?r|taste|brand|product\w*|beauty|collection|campaign|commercial|range|hotel|energy|water|uhr|schuhe|kleid|tasche|haut|haare|produkt\w*|kollektion|zapatos|reloj|vestido|producto\w*|colecci[oó]n|produit\w*|montre|scarpe|prodott\w*)\b/i,
  exclaims: /!/,
  joinedTag: /#[A-Z][a-z]+[A-Z]/,
} as const;

const brandishName =
  /@[\w.]*(?:official|shop|store|usa|brand|beauty|hair|skin|fashion|shoes|tea|fit|nutrition|app|inc|cosmetics|jewel|watch|boutique|apparel)|@[\w.]+[._](?:us|uk|de|fr|es|it|br|nl)\b/i;

const shapeNames = [
  'mentions0',
  'mentions1',
  'mentions2',
  'mentions4',
  'tags0',
  'tags1',
  'tags2',
  'tags4',
  'tags10',
  'longTag',
  'beginsWithName',
  'brandish',
  'length',
  'lengthSquared',
  'capitals',
  'emoji',
] as const;
export type ShapeName = (typeof shapeNames)[number] | keyof typeof wordings;

/**
 * Shape and wording of a caption, each about 0 to 1: how many accounts it names (not which), tags, length, trade words, codes, prices, orders.
 * `ownHandle` is not counted as a name.
 */
export function captionShape(caption: string, ownHandle: string | null): Map<ShapeName, number> {
  const text = caption.slice(0, charactersMax);
  const masked = maskDisclosure(text);
  const own = ownHandle?.toLowerCase() ?? '';
  const names = (text.match(/@[\w.]+/g) ?? []).filter((name) => name.slice(1).toLowerCase() !== own).length;
  const tags = masked.match(/#[\p{L}\p{N}_]+/gu) ?? [];
  const letters = masked.match(/\p{L}/gu)?.length ?? 0;
  const capitals = masked.match(/\p{Lu}/gu)?.length ?? 0;
  const emoji = masked.match(/\p{Extended_Pictographic}/gu)?.length ?? 0;
  const length = (Math.log1p(masked.trim().length) - 4) / 1.5;
  const flag = (name: ShapeName, holds: boolean): [ShapeName, number] => [name, holds ? 1 : 0];
  const all: [ShapeName, number][] = [
    flag('mentions0', names === 0),
    flag('mentions1', names === 1),
    flag('mentions2', names === 2 || names === 3),
    flag('mentions4', names >= 4),
    flag('tags0', tags.length === 0),
    flag('tags1', tags.length === 1),
    flag('tags2', tags.length === 2 || tags.length === 3),
    flag('tags4', tags.length >= 4 && tags.length <= 9),
    flag('tags10', tags.length >= 10),
    flag(
      'longTag',
      tags.some((tag) => tag.length > 14),
    ),
    flag('beginsWithName', /^\s*@/.test(text)),
    flag('brandish', brandishName.test(text)),
    ['length', length],
    ['lengthSquared', length * length],
    ['capitals', Math.min(1, capitals / Math.max(1, letters))],
    ['emoji', Math.log1p(Math.min(30, emoji)) / 2],
  ];
  for (const [name, pattern] of Object.entries(wordings))
    all.push([name as keyof typeof wordings, pattern.test(masked) ? 1 : 0]);
  return new Map(all.filter(([, value]) => value !== 0));
}
