// The script a shop's pages load. Written for size: what stands here is minified into snippet-text.ts by scripts/build-snippet.ts.
// It asks nobody but the host it was loaded from, sets nothing before it may, and never throws into the page.
((page, doc) => {
  const script = doc.currentScript;
  const before = page.rapport;
  if (!script || before?.v) return;
  const name = 'rapport_click';
  const base = script.src.replace(/\/[^/]*$/, '');
  const setting = (key) => script.getAttribute(`data-${key}`);
  const mode = setting('consent') || 'store';
  const shape = /^[\w-]{32}$/;
  const days = 90;
  const place = page.location;
  let may = mode === 'store' && !navigator.globalPrivacyControl;

  const landed = new URLSearchParams(place.search).get(name);
  const held = shape.test(landed) ? landed : null;

  const remember = (id) => {
    try {
      if (id) page.localStorage.setItem(name, `${id}.${Date.now()}`);
      else page.localStorage.removeItem(name);
    } catch {}
    doc.cookie = `${name}=${id || ''};path=/;max-age=${id ? days * 86400 : 0};samesite=lax${place.protocol === 'https:' ? ';secure' : ''}`;
  };
  const recall = () => {
    try {
      const [id, at] = (page.localStorage.getItem(name) || '').split('.');
      if (shape.test(id) && Date.now() - at < days * 864e5) return id;
    } catch {}
    return (doc.cookie.match(/(?:^|; )rapport_click=([\w-]{32})/) || [])[1];
  };
  const click = () => held || (may && recall()) || undefined;

  const send = (type, body) => {
    const text = JSON.stringify({ k: setting('key'), t: type, c: click(), s: +may, b: body });
    const to = `${base}/api/v1/snippet`;
    // Plain text needs no preflight, and both outlive the page.
    try {
      if (navigator.sendBeacon?.(to, text)) return;
    } catch {}
    page
      .fetch?.(to, { method: 'POST', body: text, keepalive: true, mode: 'no-cors', credentials: 'include' })
      .catch(() => {});
  };
  const keep = () => {
    if (!held || !may) return;
    remember(held);
    send('view');
  };
  const order = (given) => given?.id && send('order', { ...given, id: `${given.id}` });

  const run = (what, value) => {
    if (what === 'order') order(value);
    if (what === 'lead') send('lead', value);
    if (what === 'click') return click();
    if (what === 'consent') {
      may = !!value;
      if (may) keep();
      else remember();
    }
  };
  page.rapport = run;
  run.v = 1;
  keep();
  for (const args of before?.q || []) run(...args);

  // Without leave to keep anything, the click goes along from page to page in the address.
  doc.addEventListener(
    'click',
    (event) => {
      const link = event.target.closest?.('a[href]');
      if (held && !may && mode === 'cookieless' && link && link.host === place.host && !link.search.includes(name))
        link.search += `${link.search ? '&' : '?'}${name}=${held}`;
    },
    true,
  );

  if (setting('auto') === 'off') return;
  const checkout = page.Shopify?.checkout;
  if (checkout?.order_id)
    order({
      id: checkout.order_id,
      total: `${checkout.total_price}`,
      currency: checkout.currency,
      codes: [checkout.discount?.code].filter(Boolean),
    });
  page.analytics?.subscribe?.('checkout_completed', ({ data }) => {
    const { order: made, totalPrice, currencyCode } = data.checkout;
    order({ id: `${made.id}`.split('/').pop(), total: `${totalPrice.amount}`, currency: currencyCode });
  });
  const seen = /\/order-received\/(\d+)/.exec(place.pathname);
  if (seen) order({ id: seen[1] });
  const purchase = (entry) => {
    const of = entry?.event === 'purchase' ? entry.ecommerce : entry?.[1] === 'purchase' ? entry[2] : null;
    if (of?.transaction_id)
      order({
        id: of.transaction_id,
        total: `${of.value}`,
        currency: of.currency,
        codes: [of.coupon].filter(Boolean),
      });
  };
  page.dataLayer ||= [];
  const layer = page.dataLayer;
  layer.forEach(purchase);
  const push = layer.push;
  layer.push = (...entries) => {
    try {
      entries.forEach(purchase);
    } catch {}
    return push.apply(layer, entries);
  };
})(window, document);
