/** Two rings that overlap: a brand and a creator. */
export function Brand() {
  return (
    <div className="brand">
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="7" cy="10" r="6" fill="none" stroke="var(--accent)" strokeWidth="2" />
        <circle cx="13" cy="10" r="6" fill="none" stroke="var(--ink-1)" strokeWidth="2" />
      </svg>
      <span>Rapport</span>
    </div>
  );
}
