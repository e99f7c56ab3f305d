import { search } from './search-sources.ts';
import { social } from './social-sources.ts';

// Sites that send visitors, by what they are. Written on 2026-11-23 from public documentation: the categories search, social, video and
// shopping follow Google's "Default channel group" help page (support.google.com/analytics/answer/9756891) and the list of sources it links;
// mail services, assistants and advertising hosts are named by their makers' own addresses. Names are those the makers use.
//
// One line a site: name = hosts, apart by blanks. A host stands for itself and everything below it; `.*` is any public ending
// (google.com, google.co.uk); `/path` binds a line to the start of a path; `:word` is another name people write into utm_source.
// The longest match wins, so mail.google.com is Gmail although google.* is Google.

const video = `
Youtube = youtube.com youtu.be youtube-nocookie.com :yt com.google.android.youtube
Vimeo = vimeo.com
Dailymotion = dailymotion.com dai.ly
Twitch = twitch.tv
Kick = kick.com
Rumble = rumble.com
Odysee = odysee.com
PeerTube = joinpeertube.org
D.Tube = d.tube
Bilibili = bilibili.com bilibili.tv
iQIYI = iqiyi.com iq.com
Youku = youku.com
Tudou = tudou.com
Netflix = netflix.com
Hulu = hulu.com
Disney+ = disneyplus.com :disneyplus
Crackle = crackle.com
TED = ted.com
Veoh = veoh.com
Wistia = wistia.com wistia.net
Utreon = utreon.com
CuriosityStream = curiositystream.com
Justin.tv = justin.tv
`;

const shopping = `
Amazon = amazon.* amzn.to amazon-adsystem.com com.amazon.mshop.android.shopping
eBay = ebay.*
Etsy = etsy.com
Walmart = walmart.*
Alibaba = alibaba.com
AliExpress = aliexpress.*
Temu = temu.com
Shein = shein.*
Mercado Libre = mercadolibre.* mercadolivre.com.br
Shopify = shopify.com myshopify.com
Shop = shop.app
Stripe = stripe.com
Shopzilla = shopzilla.com
Google Shopping = shopping.google.*
IGShopping = :igshopping
Naver Shopping = shopping.naver.com
Yahoo! Shopping = shopping.yahoo.* shopping.yahoo.co.jp
Shopping.net = shopping.net
PriceRunner = pricerunner.*
Idealo = idealo.*
Kelkoo = kelkoo.*
PriceGrabber = pricegrabber.com
Bizrate = bizrate.com
Shopping.com = shopping.com
Ceneo = ceneo.pl
SimplyCodes = simplycodes.com
`;

const email = `
Gmail = mail.google.com inbox.google.com gmail.com com.google.android.gm
Outlook.com = mail.live.com outlook.live.com outlook.com hotmail.com outlook.office.com outlook.office365.com :outlook com.microsoft.office.outlook
Yahoo! Mail = mail.yahoo.* mail.yahoo.net mail.yahoo.co.jp :ymail
AOL Mail = mail.aol.*
iCloud Mail = icloud.com mail.icloud.com
Proton = mail.proton.me proton.me protonmail.com mail.protonmail.com :proton-mail
Tutanota = tuta.com tutanota.com
Fastmail = fastmail.com
HEY = hey.com
Zoho = mail.zoho.* zoho.com/mail
Mail.com = 3c-lxa.mail.com mail.com
GMX = gmx.* deref-gmx.*
Web.de = web.de deref-web.de
Mail.de = mail.de
Posteo = posteo.de
Mailbox.org = mailbox.org
Ionos = email.ionos.* mailbusiness.ionos.* mail.ionos.* deref-ionos.* ionos.*
1und1 = mailbusiness.1und1.de deref-1und1.de email.1und1.de
T-Online = email.t-online.de webmail.t-online.de
Freenet = webmail.freenet.de mail.freenet.de
Vodafone = mail.vodafone.* email.vodafone.* vodafonemail.de
Orange Webmail = webmail.orange.fr messagerie.orange.fr mail.orange.fr wmail.orange.fr orange.fr
SFR Webmail = webmail.sfr.fr messagerie.sfr.fr
Free Webmail = webmail.free.fr zimbra.free.fr
Laposte = laposte.net webmail.laposte.net
Bluewin = bluewin.ch email.bluewin.ch
UPC = upcmail.hispeed.ch hispeed.ch upcmail.net mail.upc.*
Sunrise = mail.sunrise.ch sunrise.ch
Infomaniak = mail.infomaniak.com infomaniak.com
Hostpoint = webmail.hostpoint.ch
Libero Mail = mail.libero.it
Virgilio Mail = mail.virgilio.it
Alice Mail = mail.alice.it mail.tim.it
Seznam Mail = email.seznam.cz
WP Mail = poczta.wp.pl
Onet Mail = poczta.onet.pl
O2 Mail = poczta.o2.pl
Mail.ru = e.mail.ru mail.ru
Yandex Mail = mail.yandex.*
Rambler Mail = mail.rambler.ru
QQ Mail = mail.qq.com
NetEase Mail = mail.163.com mail.126.com
Naver Mail = mail.naver.com
Daum Mail = mail.daum.net
Optus Zoo = webmail.optuszoo.com.au optuszoo.com.au
BigPond = webmail.bigpond.com email.telstra.com
BT = mail.bt.com
Comcast = mail.comcast.net connect.xfinity.com
Earthlink Mail = webmail.earthlink.net
Mynet Mail = mail.mynet.com
Mailchimp = mailchimp.com list-manage.com campaign-archive.com
Klaviyo = klaviyo.com
Beehiiv = beehiiv.com
`;

const ai = `
ChatGPT = chatgpt.com chat.openai.com openai.com
Claude.ai = claude.ai claude.com :claude anthropic.com
Google Gemini = gemini.google.com bard.google.com :gemini :bard
Microsoft Copilot = copilot.microsoft.com copilot.com bing.com/chat copilot.cloud.microsoft :copilot
Perplexity.ai = perplexity.ai ai.perplexity.app.android
Mistral.ai = chat.mistral.ai mistral.ai :le-chat
META.ai = meta.ai
Grok = grok.com grok.x.ai x.ai x.com/i/grok
DeepSeek = chat.deepseek.com deepseek.com
Character.AI = character.ai :characterai
Poe = poe.com
Pi = pi.ai
Phind = phind.com
Kimi = kimi.ai kimi.moonshot.cn kimi.com
Qwen = chat.qwen.ai qwen.ai tongyi.aliyun.com
Doubao = doubao.com
Z.ai = chat.z.ai z.ai
Manus = manus.im
Genspark = genspark.ai
Andi = andisearch.com
HuggingChat = huggingface.co/chat
Duck.ai = duck.ai
iAsk = iask.ai
NotebookLM = notebooklm.google.com notebooklm.google
Google AI Studio = aistudio.google.com
Jasper = jasper.ai
Replika = replika.com replika.ai
Lumo = lumo.proton.me
`;

const ads = `
Google = googlesyndication.com doubleclick.net googleadservices.com adsensecustomsearchads.com 2mdn.net syndicatedsearch.goog afs.googlesyndication.com
Bing Ads = bat.bing.com
Outbrain = outbrain.com paid.outbrain.com
Taboola = taboola.com trc.taboola.com
Criteo = criteo.com criteo.net
AppNexus = adnxs.com
Xandr = xandr.com
Yandex = an.yandex.ru yabs.yandex.ru
MGID = mgid.com
Plista = plista.com click.plista.com
Teads = teads.tv
Amazon Ads = adsystem.amazon.com
LowerMyBills = lowermybills.com
Acuity Ads = acuityads.com
Price.ru = price.ru
`;

const referral = `
Linktree = linktr.ee lnk.bio :linktree
Beacons = beacons.ai
Microsoft 365 = office.com microsoft365.com m365.cloud.microsoft sharepoint.com
Wikipedia = wikipedia.org
Notion = notion.so notion.site
`;

export type SourceKind = 'search' | 'social' | 'video' | 'shopping' | 'email' | 'ai' | 'ads' | 'referral';

/** The table above, by kind. */
export const trafficSources: Readonly<Record<SourceKind, string>> = {
  search,
  social,
  video,
  shopping,
  email,
  ai,
  ads,
  referral,
};
