import { DoNotContactSection } from './do-not-contact-section.tsx';
import { MailboxSection } from './mailbox-section.tsx';
import { SendingSection } from './sending-section.tsx';
import './outreach.css';

/** Mailboxes, when mails go out and under which address, and who must not be written to. */
export function OutreachSettingsPage() {
  return (
    <div className="out-sheet">
      <MailboxSection />
      <SendingSection />
      <DoNotContactSection />
    </div>
  );
}
