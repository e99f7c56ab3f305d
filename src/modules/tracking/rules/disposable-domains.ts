/** Hosts of throw-away mailboxes, a list of our own: the well-known ones, each with everything below it. It is no complete list, and is not meant to be. */
const disposable = new Set(
  `
  mailinator.com guerrillamail.com guerrillamail.net guerrillamail.org guerrillamail.biz guerrillamail.de guerrillamailblock.com sharklasers.com grr.la
  10minutemail.com 10minutemail.net 10minutemail.de 20minutemail.com 30minutemail.com tempmail.com temp-mail.org temp-mail.io tempmail.net tempmail.dev tempmailo.com tempail.com
  tempr.email temporary-mail.net tmpmail.org tmpmail.net tmpeml.com tmails.net throwawaymail.com throwaway.email trashmail.com trashmail.de trashmail.net trashmail.me trash-mail.com
  yopmail.com yopmail.fr yopmail.net cool.fr.nf jetable.org jetable.com nospam.ze.tm mytrashmail.com mailcatch.com mailnesia.com mailnull.com mailsac.com maildrop.cc mailexpire.com
  mailmoat.com mailshell.com mailtemp.net mailtothis.com moakt.com moakt.cc mohmal.com mohmal.in getnada.com nada.email inboxkitten.com inboxbear.com inboxalias.com inboxclean.com
  dispostable.com disposable.com discard.email discardmail.com discardmail.de spamgourmet.com spambog.com spambog.de spambox.us spamex.com spamfree24.org spamhole.com spam4.me
  fakeinbox.com fakemail.net fakemailgenerator.com emailondeck.com emailfake.com email-fake.com generator.email emailtemporario.com.br emltmp.com einrot.com cuvox.de dayrep.com
  fleckens.hu gustr.com jourrapide.com rhyta.com superrito.com teleworm.us armyspy.com burnermail.io burnthespam.info anonbox.net anonaddy.me byom.de crazymailing.com deadaddress.com
  dropmail.me 10mail.org minuteinbox.com mintemail.com incognitomail.org hidemail.de getairmail.com harakirimail.com hmamail.com kasmail.com linshiyouxiang.net lroid.com luxusmail.org
  meltmail.com mvrht.net mvrht.com nwytg.net objectmail.com one-time.email owlymail.com pookmail.com proxymail.eu rcpt.at recode.me shortmail.net sneakemail.com sogetthis.com
  spamday.com spamspot.com spamavert.com tempinbox.com tempinbox.co.uk tempomail.fr temporaryemail.net temporaryinbox.com tempymail.com thankyou2010.com trbvm.com tyldd.com
  wegwerfemail.de wegwerfmail.de wegwerfmail.net wegwerfmail.org wegwerf-email.net wh4f.org whyspam.me willselfdestruct.com xagloo.com zetmail.com zippymail.info 33mail.com
  vomoto.com vusra.com fexpost.com fextemp.com rover.info chitthi.in any.pink intady.com 1secmail.com 1secmail.net 1secmail.org esiix.com wwjmp.com xojxe.com yoggm.com kzccv.com
  qiott.com wuuvo.com icznn.com ezztt.com vddaz.com laafd.com txcct.com rteet.com dpptd.com bheps.com dcctb.com kdjngsdgsd.tk tafmail.com bccto.me chacuo.net smashmail.de
  `
    .trim()
    .split(/\s+/),
);

/** Addresses that hide the true one behind a relay. The person behind is as real as any; what cannot be done is compare them. */
const masking = new Set(
  `privaterelay.appleid.com duck.com mozmail.com relay.firefox.com simplelogin.com simplelogin.co aleeas.com slmail.me anonaddy.com addy.io passmail.net passinbox.com passfwd.com
  hide-my-email.com cloaked.id erine.email`
    .trim()
    .split(/\s+/),
);

/** Hosts where everybody has a mailbox, so that sharing one says nothing. */
const generic = new Set(
  `gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es ymail.com rocketmail.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es
  outlook.com outlook.de outlook.fr live.com live.co.uk live.nl msn.com icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de
  orange.fr free.fr wanadoo.fr laposte.net sfr.fr libero.it virgilio.it alice.it tiscali.it mail.ru yandex.ru yandex.com bk.ru list.ru inbox.ru qq.com 163.com 126.com sina.com
  naver.com daum.net hanmail.net uol.com.br bol.com.br terra.com.br proton.me protonmail.com pm.me tutanota.com tuta.io fastmail.com hey.com zoho.com mail.com comcast.net verizon.net
  att.net sbcglobal.net cox.net bellsouth.net charter.net btinternet.com sky.com virginmedia.com ntlworld.com talktalk.net bigpond.com optusnet.com.au rediffmail.com ziggo.nl
  kpnmail.nl planet.nl telenet.be skynet.be bluewin.ch wp.pl o2.pl onet.pl interia.pl seznam.cz eircom.net`
    .trim()
    .split(/\s+/),
);

function isAmong(hosts: ReadonlySet<string>, host: string): boolean {
  let rest = host;
  for (;;) {
    if (hosts.has(rest)) return true;
    const dot = rest.indexOf('.');
    if (dot < 0) return false;
    rest = rest.slice(dot + 1);
  }
}

export type MailHostKind = 'disposable' | 'masked' | 'generic' | 'own';

/** What kind of host a mailbox lives on; `own` for one that a company or a person has. */
export function mailHostKind(host: string): MailHostKind {
  if (isAmong(disposable, host)) return 'disposable';
  if (isAmong(masking, host)) return 'masked';
  return isAmong(generic, host) ? 'generic' : 'own';
}
