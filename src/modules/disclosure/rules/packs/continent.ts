import type { Pack } from '../pack.ts';
import { standardRules } from './standard-rules.ts';

const readOn = '2026-11-23';

export const de: Pack = {
  id: 'de',
  version: '2026.1',
  countries: ['DE'],
  name: 'Germany',
  authority: 'Landesmedienanstalten and courts',
  languages: ['de'],
  coverage: 'partial',
  leavesOut: [
    'the line between product placement and advertising in videos',
    'self-promotion of recognisable accounts',
    'rules for political advertising',
  ],
  sources: [
    {
      id: 'UWG',
      title: 'Gesetz gegen den unlauteren Wettbewerb, § 5a Abs. 4',
      publisher: 'Bundesrecht',
      url: 'https://www.gesetze-im-internet.de/uwg_2004/__5a.html',
      dated: '2022-05-28',
      readAs: 'knowledge',
      readOn,
    },
    {
      id: 'MSTV',
      title: 'Medienstaatsvertrag, §§ 8, 22',
      publisher: 'Länder',
      url: 'https://www.die-medienanstalten.de/service/rechtsgrundlagen/medienstaatsvertrag',
      dated: '2020-11-07',
      readAs: 'account',
      readOn,
    },
    {
      id: 'LMA',
      title: 'Werbekennzeichnung bei Online-Medien, Leitfaden',
      publisher: 'die medienanstalten',
      url: 'https://www.lmsaar.de/service/werbekennzeichnung/',
      dated: '2022-05',
      readAs: 'account',
      readOn,
    },
  ],
  rules: standardRules({
    prefix: 'DE',
    law: 'UWG',
    guidance: 'LMA',
    gifts: 'warn',
    affiliates: 'fail',
    says: {
      terms:
        '„Werbung“ or „Anzeige“, at the beginning. „Unbezahlte Werbung“, „Kooperation“ and „PR-Sample“ leave open what was agreed.',
      run: 'A label at the end or second among hashtags is read over.',
      gifts:
        'Without any return in exchange the law asks for no label; the guide still advises one, and a gift for a post is a return.',
    },
  }),
  terms: {},
  giftTermsDo: false,
  wording: { de: 'Werbung', en: 'Ad' },
};

export const fr: Pack = {
  id: 'fr',
  version: '2026.1',
  countries: ['FR'],
  name: 'France',
  authority: 'DGCCRF and ARPP',
  languages: ['fr'],
  coverage: 'partial',
  leavesOut: [
    'forbidden subjects such as cosmetic surgery, nicotine and betting',
    'labels for retouched and virtual pictures',
    'minors',
  ],
  sources: [
    {
      id: 'LOI',
      title: 'Loi n° 2023-451 du 9 juin 2023, article 5-2, as amended by ordonnance n° 2024-978',
      publisher: 'République française',
      url: 'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000047663185',
      dated: '2024-11-06',
      readAs: 'account',
      readOn,
    },
    {
      id: 'UDM',
      title: 'Loi influence commerciale: modifications par ordonnance',
      publisher: 'Union des marques',
      url: 'https://uniondesmarques.fr/',
      dated: '2025-01-13',
      readAs: 'text',
      readOn,
    },
  ],
  rules: standardRules({
    prefix: 'FR',
    law: 'LOI',
    guidance: 'LOI',
    gifts: 'fail',
    affiliates: 'fail',
    video: 'shown',
    says: {
      terms:
        '« Publicité » or « Collaboration commerciale », or an equivalent that is as clear, where the context does not show it already.',
      media: 'On the picture of the video, clear, readable and recognisable.',
      gifts: 'A benefit in kind is a return as money is.',
    },
  }),
  terms: {},
  giftTermsDo: false,
  wording: { fr: 'Publicité', en: 'Ad' },
};

export const it: Pack = {
  id: 'it',
  version: '2026.1',
  countries: ['IT'],
  name: 'Italy',
  authority: 'AGCOM and IAP',
  languages: ['it'],
  coverage: 'partial',
  leavesOut: [
    'the register and duties of relevant influencers (500,000 followers or a million views a month)',
    'filters and pictures made by machines',
    'minors',
  ],
  sources: [
    {
      id: 'AGCOM',
      title: 'Delibera 197/25/CONS: linee guida e codice di condotta per influencer, with questions and answers',
      publisher: 'AGCOM',
      url: 'https://www.agcom.it/influencer-linee-guida-codice-di-condotta-e-faq',
      dated: '2025-07-23',
      readAs: 'account',
      readOn,
    },
    {
      id: 'IAP',
      title: 'Regolamento Digital Chart',
      publisher: 'IAP',
      url: 'https://www.iap.it/codice-e-altre-fonti/regolamenti-autodisciplinari/regolamento-digital-chart/',
      dated: '2024',
      readAs: 'account',
      readOn,
    },
    {
      id: 'CDC',
      title: 'Codice del consumo, art. 22 e 23 lett. m',
      publisher: 'Repubblica italiana',
      url: 'https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:decreto.legislativo:2005-09-06;206',
      dated: '2005-09-06',
      readAs: 'knowledge',
      readOn,
    },
  ],
  rules: standardRules({
    prefix: 'IT',
    law: 'CDC',
    guidance: 'AGCOM',
    gifts: 'fail',
    affiliates: 'fail',
    says: {
      terms:
        'Pubblicità, sponsorizzato da, in collaborazione con and the name of the brand; #adv alone does not do any more.',
      gifts: 'A gift is named as one, with the brand: omaggio or prodotto fornito da.',
    },
  }),
  terms: {
    'it:in collaborazione con': 'clear',
    'it:prodotto fornito da': 'clear',
    'it:prodotti forniti da': 'clear',
    'it:promosso da': 'clear',
  },
  giftTermsDo: true,
  wording: { it: 'Pubblicità', en: 'Ad' },
};

export const es: Pack = {
  id: 'es',
  version: '2026.1',
  countries: ['ES'],
  name: 'Spain',
  authority: 'CNMC and Autocontrol',
  languages: ['es'],
  coverage: 'partial',
  leavesOut: [
    'duties of users of special relevance (Real Decreto 444/2024)',
    'the list of terms of the text of 2025, known by accounts only: terms follow that of 2021',
  ],
  sources: [
    {
      id: 'COD',
      title: 'Código de conducta de publicidad a través de influencers',
      publisher: 'aea, Autocontrol and IAB Spain',
      url: 'https://www.autocontrol.es/codigos-de-conducta/',
      dated: '2025-10-01',
      readAs: 'account',
      readOn,
    },
    {
      id: 'LCD',
      title: 'Ley de competencia desleal, artículo 26',
      publisher: 'Reino de España',
      url: 'https://www.boe.es/buscar/act.php?id=BOE-A-1991-628',
      dated: '2009-12-30',
      readAs: 'knowledge',
      readOn,
    },
  ],
  rules: standardRules({
    prefix: 'ES',
    law: 'LCD',
    guidance: 'COD',
    gifts: 'fail',
    affiliates: 'fail',
    branded: 'info',
    says: {
      terms:
        'Publicidad, publi, patrocinado por, en colaboración con; embajadora de or regalo de with the brand. Colab, sponso and sp do not tell.',
    },
  }),
  terms: {
    'es:en colaboracion con': 'clear',
    'es:embajadora de': 'clear',
    'es:embajador de': 'clear',
    'es:regalo de': 'clear',
  },
  giftTermsDo: true,
  wording: { es: 'Publicidad', ca: 'Publicitat', en: 'Ad' },
};
