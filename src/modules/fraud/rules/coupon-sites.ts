import { isHostAmong } from './facts.ts';

/** Sites that collect codes, and extensions that try them at the checkout; a list of our own, to which a workspace adds. */
export const couponSites = `
  joinhoney.com honey.com retailmenot.com coupons.com couponfollow.com simplycodes.com slickdeals.net dealnews.com groupon.com groupon.de groupon.co.uk capitaloneshopping.com
  wikibuy.com rakuten.com rakuten.co.uk topcashback.com topcashback.co.uk quidco.com befrugal.com couponcabin.com couponbirds.com couponchief.com couponbox.com offers.com savings.com
  promocodes.com dontpayfull.com goodsearch.com hotdeals.com knoji.com dealspotr.com couponxoo.com wethrift.com worthepenny.com tenereteam.com coupert.com cently.co piggy.be
  vouchercodes.co.uk vouchercloud.com myvouchercodes.co.uk hotukdeals.com latestdeals.co.uk savoo.co.uk promotionalcodes.org.uk voucherbox.co.uk netvouchercodes.co.uk
  gutscheine.de gutscheinpony.de mydealz.de sparwelt.de coupons.de gutscheinsammler.de gutschein.de sparheld.de couponplatz.de shoop.de payback.de igraal.com igraal.de
  radins.com ma-reduc.com poulpeo.com dealabs.com ebuyclub.com widilo.fr bons-de-reduction.com cuponation.de cuponation.fr cuponation.es pepper.pl pepper.com pepper.it chollometro.com
  kortingscouponcodes.nl acties.nl kortingscode.nl pelando.com.br cuponomia.com.br meliuz.com.br ozbargain.com.au cashrewards.com.au redflagdeals.com karmanow.com klarna.com/coupons
`
  .trim()
  .split(/\s+/)
  .filter((host) => !host.includes('/'));

const known = new Set(couponSites);

/** True for a coupon site, or one the workspace added. */
export function isCouponSite(host: string, more: readonly string[]): boolean {
  let rest = host;
  for (;;) {
    if (known.has(rest)) return true;
    const dot = rest.indexOf('.');
    if (dot < 0) return isHostAmong(host, more);
    rest = rest.slice(dot + 1);
  }
}
