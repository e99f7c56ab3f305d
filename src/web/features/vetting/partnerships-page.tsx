import { EmptyState } from '#web/ui/empty-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { DealBrands } from './deal-brands.tsx';
import { DealConflicts, DisclosureHistory } from './deal-conflicts.tsx';
import { DealFigures } from './deal-figures.tsx';
import { SignalList } from './signal-list.tsx';
import { SponsoredPosts } from './sponsored-posts.tsx';
import { TopContent } from './top-content.tsx';
import { useVetting } from './use-creator.ts';
import './partnerships.css';

/** Deals with other brands: how many, how open, how well they did, and whether a rival is among them. */
export function PartnershipsPage() {
  const { data: report } = useVetting();
  if (report === undefined) return null;
  const { deals } = report;
  return (
    <>
      {deals == null ? (
        <EmptyState title="Computed before paid posts were looked at in full">
          Vet this creator again to see brands, spacing and competitors.
        </EmptyState>
      ) : (
        <>
          <DealFigures deals={deals} />
          <hr className="vt-rule" />
          <DealBrands deals={deals} />
          <hr className="vt-rule" />
          <div className="cols">
            <DealConflicts deals={deals} />
            <DisclosureHistory deals={deals} />
          </div>
        </>
      )}
      <hr className="vt-rule" />
      <SponsoredPosts report={report} />
      <hr className="vt-rule" />
      <Section title="How ads are done">
        <SignalList
          label="Past partnerships"
          signals={report.signals.filter((signal) => signal.point === 'past_partnerships')}
          withPoints={report.score !== null}
        />
      </Section>
      {deals != null && (
        <>
          <hr className="vt-rule" />
          <TopContent top={deals.top} />
        </>
      )}
    </>
  );
}
