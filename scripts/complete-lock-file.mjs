// Adds to package-lock.json the optional packages for other systems that npm left out, which it does when it wrote
// the file beside an installed node_modules or behind a registry that lacks them. Without them `npm ci` refuses the
// file everywhere ("Missing: ... from lock file"). Run it after every `npm install` that changes the lock file.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const packages = lock.packages;

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = {
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  loong64: 'loong64',
  arm: 'arm',
  wasm32: 'wasm32',
};
const libraries = { gnu: 'glibc', musl: 'musl', gnueabihf: 'glibc', musleabihf: 'musl' };

/** True when a package of that name is found from there, as Node looks for it: in each node_modules up to the root. */
function isFound(from, name) {
  let base = from;
  while (base !== '') {
    if (`${base}/node_modules/${name}` in packages) return true;
    base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')));
  }
  return `node_modules/${name}` in packages;
}

function entryFor(name, version, parent) {
  const words = name.split(/[-/]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = words.map((word) => processors[word]).find(Boolean);
  const libc = os === 'linux' ? words.map((word) => libraries[word]).find(Boolean) : undefined;
  if (os === undefined || cpu === undefined || !/^\d+\.\d+\.\d+/.test(version)) {
    throw new Error(`${name}@${version} names no system or no exact version; add it to package-lock.json by hand.`);
  }
  return {
    version,
    cpu: [cpu],
    ...(parent.dev ? { dev: true } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    license: parent.license,
    optional: true,
    os: [os],
  };
}

let added = 0;
for (const [from, parent] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (isFound(from, name)) continue;
    packages[`node_modules/${name}`] = entryFor(name, version, parent);
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([one], [two]) => one.localeCompare(two, 'en')));
if (added > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
process.stderr.write(`${added} packages for other systems added to package-lock.json.\n`);
