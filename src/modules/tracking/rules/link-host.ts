export type HostVerdict = { ok: true; host: string } | { ok: false; message: string };

/** Judges a host a team names for its short links: its ASCII form, in lower case. `ownHost` is the installation's. */
export function readLinkHost(text: string, ownHost: string): HostVerdict {
  const trimmed = text.trim().toLowerCase().replace(/\.$/, '');
  if (/[/:@?#\s]/.test(trimmed))
    return no(`"${clip(text)}" is more than a host. Write it alone, such as go.shop.example.`);
  const host = asciiHost(trimmed);
  if (host === '' || host.length > 253) return no(`"${clip(text)}" is no host name. Write it such as go.shop.example.`);
  if (/^[\d.]+$/.test(host) || host.includes('['))
    return no('An address of numbers cannot be a host for links. Use a name.');
  const labels = host.split('.');
  if (labels.length < 2 || !labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)))
    return no(`"${clip(text)}" is no host name of the web. Write it such as go.shop.example.`);
  if (host === ownHost)
    return no(`${host} is this installation's own host; links without a host of their own live there already.`);
  if (/\.(?:localhost|local|internal|invalid|onion|arpa)$/.test(host))
    return no(`No visitor from outside reaches ${host}.`);
  return { ok: true, host };
}

/** Judges how far the cookie of a host may reach: the host itself or a domain above it, never a public ending alone. */
export function readCookieDomain(text: string, host: string): HostVerdict {
  const domain = asciiHost(text.trim().toLowerCase().replace(/^\./, ''));
  if (domain === host) return { ok: true, host: domain };
  if (domain === '' || !host.endsWith(`.${domain}`))
    return no(`A cookie of ${host} can only reach ${host} or a domain it lies below, not "${clip(text)}".`);
  if (!domain.includes('.') || /^(?:co|com|org|net|ne|or|ac|go|gov|edu)\.[a-z]{2}$/.test(domain))
    return no(`"${domain}" is an ending many share, so browsers refuse a cookie for it. Name the shop's own domain.`);
  return { ok: true, host: domain };
}

/** ASCII form of a host name; empty when it is none. */
function asciiHost(text: string): string {
  return text === '' ? '' : (URL.parse(`http://${text}/`)?.hostname ?? '');
}

function no(message: string): HostVerdict {
  return { ok: false, message };
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
