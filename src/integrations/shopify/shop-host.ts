/** The host name of a Shopify shop out of `your-store`, its address, or that of its admin; null when it is none. */
export function shopifyHost(text: string): string | null {
  const plain = text.trim().toLowerCase();
  const store =
    /^(?:https?:\/\/)?admin\.shopify\.com\/store\/([a-z0-9][a-z0-9-]{0,60})/.exec(plain)?.[1] ??
    /^(?:https?:\/\/)?([a-z0-9][a-z0-9-]{0,60})(?:\.myshopify\.com(?:\/.*)?)?$/.exec(plain)?.[1];
  return store === undefined ? null : `${store}.myshopify.com`;
}
