import type { Span } from '../api/verdict.ts';
import { numbered } from './known-words.ts';
import type { Token } from './read-caption.ts';
import { foldWords } from './read-caption.ts';

/** Something in a caption that is seldom there without a deal, though it tells the reader of none. */
export interface Sign extends Span {
  kind: 'code' | 'shop' | 'gift' | 'guest' | 'own' | 'thanks';
}

/** What a text says of a gift that somebody is thanked for. */
export interface ThanksForGift extends Span {
  language: string;
}

const set = (text: string) => new Set(foldWords(text));
const codeWords = set(
  'code codes coupon promocode discountcode rabattcode gutscheincode rabattkod rabatkode rabattkode codice codigo cupom cupon kortingscode kod kodu kode koden kodem kodzie kodeku kodum rabattkoden промокод كود クーポン',
);
const beforeCode = set(
  'my our with use using enter via discount promo coupon mit meinem mon avec mio col con mi cupom meu minha met mijn min med z moim pakai dengan kodum мой по',
);
const beforeName = set('is the word name von : ist');
const savings = set(
  'off discount save savings saving sale rabatt sparen sparst remise reduction promo sconto descuento desconto korting zniżki zniżkę rabat rabatu diskon potongan indirim скидка скидку скидки خصم free shipping gratis % percent deal',
);
const shopVerbs = set(
  'shop buy order purchase preorder grab get cop shoppen kaufen bestellen acheter commander comprar compra acquista köp køb kjøp kup beli satın',
);
const shopOnly = set(
  'shop buy order purchase preorder shoppen kaufen bestellen acheter commander comprar compra acquista köp køb kjøp kup beli',
);
const bioWords = set('bio profile profil biografia biografía perfil profilo profilom профиле профиль');
const linkWords = set('link links lien enlace länk lenke tautan ссылка linki linkk');
const firstPerson = set('i we us me ive weve im were my our mich uns wir ich ho sono mi nous je moi');
const sentenceEnd = /[.!?\n](?:\s|$)|\n/u;
const windowMax = 14;

/** Everything that speaks for a deal, in its order. */
export function findSigns(caption: string, tokens: readonly Token[], brandNames: readonly string[]): Sign[] {
  const signs: Sign[] = [];
  const hasName = tokens.some((token) => token.kind === 'mention') || namesBrand(caption, brandNames);
  const hasPercent = /\d\s?%|[€$£]\s?\d|\d\s?(?:€|\$|£|kr\b|dkk|sek|off\b)/iu.test(caption);
  tokens.forEach((token, at) => {
    if (token.kind === 'mention' || (token.kind !== 'tag' && signStarts[token.known] !== true)) return;
    const sign =
      codeSign(caption, tokens, at, hasPercent) ??
      bareCodeSign(caption, tokens, at, hasPercent) ??
      (hasName ? shopSign(caption, tokens, at) : null) ??
      guestSign(caption, tokens, at) ??
      sentSign(caption, tokens, at) ??
      ownSign(tokens, at);
    if (sign !== null) signs.push(sign);
  });
  return signs;
}

function namesBrand(caption: string, brandNames: readonly string[]): boolean {
  const text = caption.toLowerCase();
  return brandNames.some((name) => name.length > 1 && text.includes(name.toLowerCase()));
}

const spanOf = (from: Token, to: Token | undefined): Span => ({ start: from.start, end: (to ?? from).end });
const codeName = /^(?=.*[A-Z])[A-Z0-9]{3,20}$/u;
const mixedCode = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_]{3,24}$/u;

const spelledCode = /^[a-z]{5,24}$/u;
const notCodes = set(
  'below above under there where which while today until before after about every anything everything orders order checkout shopping discount online again when this that from',
);

/** A discount code by its name, or spoken of as one's own. */
function codeSign(caption: string, tokens: readonly Token[], at: number, hasPercent: boolean): Sign | null {
  const token = tokens[at];
  if (token === undefined || token.kind !== 'word' || !codeWords.has(token.text)) return null;
  const before = tokens[at - 1];
  const isSaving = hasPercent || tokens.some((one) => one.kind === 'word' && savings.has(one.text));
  const isOwn = before?.kind === 'word' && beforeCode.has(before.text);
  if (!isSaving && !isOwn) return null;
  let name = tokens[at + 1];
  if (name !== undefined && beforeName.has(name.text)) name = tokens[at + 2];
  const gap = name === undefined ? '' : caption.slice(token.end, name.start);
  const raw = name === undefined ? '' : caption.slice(name.start, name.end);
  const isSpelled = isOwn && isSaving && spelledCode.test(raw) && !notCodes.has(name?.text ?? '');
  const isQuotedName = /["“„«'‘:]\s*$/u.test(gap) && raw.length > 2;
  const isName =
    codeName.test(raw) ||
    mixedCode.test(raw) ||
    isSpelled ||
    (isQuotedName && isSaving) ||
    (name?.kind === 'tag' && isOwn);
  if (name !== undefined && isName && gap.length < 16 && raw !== raw.toLowerCase().concat('s'))
    return { kind: 'code', ...spanOf(token, name) };
  const isSpoken =
    isOwn && isSaving && before !== undefined && !['use', 'the', 'with', 'enter', 'via'].includes(before.text);
  return isSpoken ? { kind: 'code', ...spanOf(before, token) } : null;
}

const codeVerbs = set('use using enter apply');
const bareCode = /^(?=.*[A-Z])(?=.*\d)[A-Z0-9]{4,20}$/u;

/** "Use MIA15 for 15% off": a code that is not called one. */
function bareCodeSign(caption: string, tokens: readonly Token[], at: number, hasPercent: boolean): Sign | null {
  const [token, name] = [tokens[at], tokens[at + 1]];
  if (!hasPercent || token === undefined || name === undefined || !codeVerbs.has(token.text)) return null;
  const raw = caption.slice(name.start, name.end);
  return token.kind === 'word' && name.kind === 'word' && bareCode.test(raw)
    ? { kind: 'code', ...spanOf(token, name) }
    : null;
}

/** "Link in bio to shop", with an account named somewhere. */
function shopSign(caption: string, tokens: readonly Token[], at: number): Sign | null {
  const token = tokens[at];
  if (token === undefined || token.kind !== 'word' || !linkWords.has(token.text)) return null;
  const bioAt = tokens.findIndex((one, i) => i > at && i <= at + 4 && bioWords.has(one.text));
  if (bioAt < 0) return null;
  const near = tokens.slice(Math.max(0, at - 6), bioAt + 7);
  const verb = near.find(
    (one, i) =>
      one.kind === 'word' &&
      (shopOnly.has(one.text) ||
        (shopVerbs.has(one.text) &&
          /^(?:your|yours|it|them|this|these|one|here|dein|deine)$/u.test(near[i + 1]?.text ?? ''))),
  );
  if (verb === undefined) return null;
  const from = verb.start < token.start ? verb : token;
  const to = verb.start < token.start ? tokens[bioAt] : verb;
  if (
    sentenceEnd.test(
      caption
        .slice(from.end, (to ?? from).start)
        .replace(/\n/gu, ' ')
        .trim(),
    )
  )
    return { kind: 'shop', ...spanOf(token, tokens[bioAt]) };
  return { kind: 'shop', ...spanOf(from, to) };
}

const hosts = set('hosting inviting flying hosted invited');
const invitedBy = set('invited hosted flown treated');

/** A trip or event as a guest of somebody. */
function guestSign(caption: string, tokens: readonly Token[], at: number): Sign | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.kind === 'tag')
    return /^(?:presstrip|pressevent|pressreise|blogtrip|blogreise|hostedby.+|hosted|invited|gifted|famtrip|mediatrip|prevent)$/u.test(
      token.text,
    ) && token.text !== 'prevent'
      ? { kind: 'guest', ...spanOf(token, token) }
      : null;
  if (token.kind !== 'word') return null;
  const next = tokens[at + 1];
  const nextName = tokens[at + 2];
  if (token.text === 'guest' || token.text === 'guests') {
    const isOf = next?.text === 'of' && isName(caption, nextName);
    return isOf ? { kind: 'guest', ...spanOf(token, nextName) } : null;
  }
  if (invitedBy.has(token.text) && next?.text === 'by') {
    const subject = tokens.slice(Math.max(0, at - 4), at).some((one) => firstPerson.has(one.text));
    const isByName = nextName?.kind === 'mention' || (nextName?.text === 'the' && tokens[at + 3]?.kind === 'mention');
    return isByName && (subject || token.text === 'invited') ? { kind: 'guest', ...spanOf(token, nextName) } : null;
  }
  if (hosts.has(token.text) && (next?.text === 'me' || next?.text === 'us')) {
    const near = tokens.slice(Math.max(0, at - 6), at);
    const isFor =
      near.at(-1)?.text === 'for' &&
      near.some((one) => one.text.startsWith('thank')) &&
      near.some((one) => one.kind === 'mention');
    return isFor || tokens[at - 1]?.kind === 'mention' ? { kind: 'guest', ...spanOf(token, next) } : null;
  }
  return null;
}

function isName(caption: string, token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === 'mention') return true;
  const first = caption.slice(token.start, token.start + 1);
  return token.kind === 'word' && first !== first.toLowerCase();
}

const sentWords = set(
  'sent gifted gave hooked geschickt geschenkt envoyé offert mandato inviato regalado enviado gestuurd opgestuurd',
);

/** "@brand sent me this", "gifted me". */
function sentSign(caption: string, tokens: readonly Token[], at: number): Sign | null {
  const token = tokens[at];
  if (token === undefined || token.kind !== 'word' || !sentWords.has(token.text)) return null;
  const next = tokens[at + 1];
  const last = tokens[at - 1];
  const isFirst = last === undefined || sentenceEnd.test(caption.slice(last.end, token.start));
  // "Gifted this gorgeous lamp": who begins so was given it.
  if (token.text === 'gifted' && isFirst && (next?.text === 'this' || next?.text === 'these'))
    return { kind: 'gift', ...spanOf(token, next) };
  if (next?.text !== 'me' && next?.text !== 'us') return null;
  const near = tokens.slice(Math.max(0, at - 5), at);
  const name = near.find((one) => one.kind === 'mention');
  return name === undefined || sentenceEnd.test(caption.slice(name.end, token.start))
    ? null
    : { kind: 'gift', ...spanOf(token, next) };
}

const ownThings = set('collection line range collab capsule edit');

/** "My collection with @brand": one's own goods. */
function ownSign(tokens: readonly Token[], at: number): Sign | null {
  const token = tokens[at];
  if (token === undefined || !ownThings.has(token.text) || tokens[at + 1]?.text !== 'with') return null;
  const name = [tokens[at + 2], tokens[at + 3]].find((one) => one?.kind === 'mention');
  const isOwn = tokens.slice(Math.max(0, at - 4), at).some((one) => one.text === 'my' || one.text === 'our');
  return name !== undefined && isOwn ? { kind: 'own', ...spanOf(token, name) } : null;
}

/** Every word a sign begins with: most words of a caption are none of them. */
const signStarts: readonly boolean[] = numbered(
  [...codeWords, ...codeVerbs, ...linkWords, 'guest', 'guests', ...invitedBy, ...hosts, ...sentWords, ...ownThings].map(
    (word) => [word, true] as const,
  ),
);

const thanksWords: Readonly<Record<string, string>> = {
  thanks: 'en',
  thank: 'en',
  thankyou: 'en',
  thx: 'en',
  grateful: 'en',
  danke: 'de',
  dank: 'de',
  merci: 'fr',
  gracias: 'es',
  grazie: 'it',
  obrigada: 'pt',
  obrigado: 'pt',
  bedankt: 'nl',
  dziekuje: 'pl',
  tack: 'sv',
  tak: 'da',
  takk: 'no',
  terima: 'id',
};
const thanksLanguages: readonly string[] = numbered(Object.entries(thanksWords));
/** Words that say a thing was given for nothing. */
const givenWords = set(
  'complimentary gifted gifting present gift gifts goodies freebies comped kostenlos kostenlosen kostenlose gratis geschenk geschenkte geschenkten cadeau offert offerte offerts gratuit gratuite gratuits regalo regali regalado regalada omaggio obsequio gratuito presente presentes cadeautje prezent darmowy darmowe gave gåva gåvan hadiah',
);
/** What a person gives a person. */
const occasions = set(
  'birthday bday anniversary wedding christmas xmas valentine valentines easter mothers fathers graduation engagement being at geburtstag geburtstagsgeschenk anniversaire compleanno cumpleanos aniversario natal weihnachten',
);
const notGiven = set('of god life best greatest time');

/** "Thanks to @brand for the free serum": thanks, a name and what was given, in one sentence. */
export function findThanksForGift(caption: string, tokens: readonly Token[]): ThanksForGift | null {
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind !== 'word') continue;
    const language = thanksLanguages[token.known];
    if (language === undefined) continue;
    let hasName = false;
    for (let i = at + 1; i < Math.min(tokens.length, at + windowMax); i += 1) {
      const next = tokens[i];
      const last = tokens[i - 1];
      if (next === undefined || last === undefined || /[!?\n]|\.\s/u.test(caption.slice(last.end, next.start))) break;
      const isThanks = i <= at + 5;
      hasName ||=
        isThanks &&
        (next.kind === 'mention' ||
          (next.kind === 'tag' && i <= at + 3) ||
          (isName(caption, next) && next.text !== 'you' && next.text !== 'i'));
      if (!hasName || next.kind !== 'word') continue;
      const isFree =
        next.text === 'free' &&
        ['the', 'my', 'this', 'these', 'our', 'some', 'a', 'for', 'with'].includes(last.text) &&
        tokens[i + 1]?.kind === 'word';
      const isPrivate = tokens.slice(Math.max(at, i - 3), i).some((one) => occasions.has(one.text));
      if (isFree || (!isPrivate && givenWords.has(next.text) && !notGiven.has(tokens[i + 1]?.text ?? '')))
        return { ...spanOf(token, next), language };
    }
  }
  return null;
}

/** Bare thanks to an account or hashtag: of no weight unless a deal is known. */
export function findThanks(caption: string, tokens: readonly Token[]): Span | null {
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind !== 'word' || thanksLanguages[token.known] === undefined) continue;
    const name = tokens.slice(at + 1, at + 6).find((one) => one.kind === 'mention' || one.kind === 'tag');
    if (name !== undefined && !/[!?\n]|\.\s/u.test(caption.slice(token.end, name.start))) return spanOf(token, name);
  }
  return null;
}
