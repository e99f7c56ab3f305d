// Serves one page when there is no network, and keeps nothing else: what a creator sees is private and is never stored in the browser.
const cacheName = 'rapport-offline-1';
const offlinePage = '/p/offline.html';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.add(new Request(offlinePage, { cache: 'reload', credentials: 'omit' }))),
  );
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  const dropOld = caches
    .keys()
    .then((names) => Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name))));
  event.waitUntil(dropOld.then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  // Only whole pages; calls, files and pictures go to the network as if this were not here.
  if (event.request.mode !== 'navigate') return;
  event.respondWith(fetch(event.request).catch(() => caches.match(offlinePage)));
});
