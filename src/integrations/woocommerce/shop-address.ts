/** Host and folder of a shop, without what stands before and behind. */
export function wooAddress(text: string): string | null {
  const plain = text.trim().replace(/^http:/i, 'https:');
  const url = URL.parse(/^https:\/\//i.test(plain) ? plain : `https://${plain}`);
  if (url === null || url.username !== '' || url.search !== '' || !url.hostname.includes('.')) return null;
  const folder = url.pathname.replace(/\/(wp-admin|wp-json)(\/.*)?$/, '').replace(/\/+$/, '');
  const address = `${url.host}${folder}`.toLowerCase();
  return address.length > 253 ? null : address;
}
