/** Lets the portal be put on a phone's home screen: a worker that knows the page for no connection, and nothing else. */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator) || !window.isSecureContext) return;
  // The page works without it; a browser that refuses has its reasons.
  window.addEventListener(
    'load',
    () => void navigator.serviceWorker.register('/p/sw.js', { scope: '/p/' }).catch(() => undefined),
  );
}
