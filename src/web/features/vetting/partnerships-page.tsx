import { Section } from '#web/ui/section.tsx';
import { PartnershipTable } from './partnership-table.tsx';
import { SignalList } from './signal-list.tsx';
import { useVetting } from './use-creator.ts';

/** Deals with other brands: how many, how open, how well they did. */
export function PartnershipsPage() {
  const { data: report } = useVetting();
  if (report === undefined) return null;
  return (
    <>
      <Section title="How ads are done">
        <SignalList
          label="Past partnerships"
          signals={report.signals.filter((signal) => signal.point === 'past_partnerships')}
          withPoints={report.score !== null}
        />
      </Section>
      <hr className="vt-rule" />
      <PartnershipTable report={report} />
    </>
  );
}
