import { PortalLink } from '#web/portal/shell/portal-link.tsx';

/** The quiet way to say that something went wrong, at the foot of the home page. */
export function IncidentsLink() {
  return (
    <p className="meta">
      Something went wrong? <PortalLink to="/incidents">Tell us, or read what was said</PortalLink>
    </p>
  );
}
