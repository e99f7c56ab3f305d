import { Button, Menu } from '@mantine/core';
import {
  IconDots,
  IconDownload,
  IconFileTypeCsv,
  IconFileTypePdf,
  IconHandStop,
  IconPencil,
  IconRefresh,
  IconShare,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Person } from '#modules/creators/api.ts';
import { downloadCsv, downloadPdf, downloadReport, runVetting, type Vetting } from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { AddToCampaignDialog } from './add-to-campaign-dialog.tsx';
import { AddToListDialog } from './add-to-list-dialog.tsx';
import { EditCreatorDialog } from './edit-creator-dialog.tsx';
import { nameOf } from './name-of.ts';
import { RemoveCreatorDialogs } from './remove-creator-dialogs.tsx';
import { ShareReportDialog } from './share-report-dialog.tsx';
import { useCreatorChoice } from './use-creator.ts';

/** What one can do with a creator from here. */
export function CreatorActions({ person, report }: { person: Person; report: Vetting | undefined }) {
  const [open, setOpen] = useState<'list' | 'campaign' | 'share' | 'edit' | 'erase' | 'suppress' | null>(null);
  const { wanted } = useCreatorChoice();
  const mayVet = useCan('vetting:write');
  const mayList = useCan('discovery:write');
  const mayEdit = useCan('creators:write');
  const mayEnrol = useCan('campaigns:write');
  const download = useDownload(downloadReport);
  const pdf = useDownload(downloadPdf);
  const csv = useDownload(downloadCsv);
  const run = useApiMutation(runVetting, {
    invalidate: ['vetting'],
    onSuccess: (answer) =>
      sayDone(
        answer.id === report?.id ? 'Checked again: the result is the same' : 'Checked again: the result has changed',
      ),
    onError: (error) => sayFailed('Not checked', error),
  });
  const save = () =>
    download.start(wanted, 'vetting.json').catch((error: unknown) => sayFailed('Not downloaded', error));
  const savePdf = () => pdf.start(wanted, 'vetting.pdf').catch((error: unknown) => sayFailed('Not downloaded', error));
  const saveCsv = () => csv.start(wanted, 'vetting.csv').catch((error: unknown) => sayFailed('Not downloaded', error));
  return (
    <>
      {report !== undefined && (
        <Button
          variant="subtle"
          color="gray"
          disabled={!mayVet}
          loading={run.isPending}
          leftSection={<IconRefresh size={16} stroke={1.6} aria-hidden />}
          onClick={() => run.mutate(wanted)}
          title="Check again now"
          aria-label={`Checked ${formatWhen(report.checkedAt)}. Check again now`}
        >
          {formatWhen(report.checkedAt)}
        </Button>
      )}
      <Button disabled={!mayList} onClick={() => setOpen('list')}>
        Add to list
      </Button>
      <Button variant="filled" disabled={!mayEnrol} onClick={() => setOpen('campaign')}>
        Add to campaign
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" color="gray" px={8} aria-label="More actions">
            <IconDots size={18} stroke={1.6} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconShare size={16} stroke={1.6} aria-hidden />}
            disabled={report === undefined || !mayVet}
            onClick={() => setOpen('share')}
          >
            Share the report by a link
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFileTypePdf size={16} stroke={1.6} aria-hidden />}
            disabled={report === undefined}
            onClick={() => void savePdf()}
          >
            Download the report (PDF)
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
            disabled={report === undefined}
            onClick={() => void save()}
          >
            Download the report (JSON)
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFileTypeCsv size={16} stroke={1.6} aria-hidden />}
            disabled={report === undefined}
            onClick={() => void saveCsv()}
          >
            Download the report (CSV)
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPencil size={16} stroke={1.6} aria-hidden />}
            disabled={!mayEdit}
            onClick={() => setOpen('edit')}
          >
            Edit creator
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
            disabled={!mayEdit}
            onClick={() => setOpen('erase')}
          >
            Erase from this workspace
          </Menu.Item>
          <Menu.Item
            leftSection={<IconHandStop size={16} stroke={1.6} aria-hidden />}
            disabled={!mayEdit}
            onClick={() => setOpen('suppress')}
          >
            Creator objects: erase for ever
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <EditCreatorDialog
        key={person.updatedAt}
        isOpen={open === 'edit'}
        onClose={() => setOpen(null)}
        person={person}
      />
      <RemoveCreatorDialogs
        open={open === 'erase' || open === 'suppress' ? open : null}
        onClose={() => setOpen(null)}
        person={person}
      />
      {open === 'share' && <ShareReportDialog wanted={wanted} name={nameOf(person)} onClose={() => setOpen(null)} />}
      <AddToListDialog isOpen={open === 'list'} onClose={() => setOpen(null)} personId={person.id} />
      <AddToCampaignDialog
        isOpen={open === 'campaign'}
        onClose={() => setOpen(null)}
        personId={person.id}
        platform={report?.platform}
      />
    </>
  );
}
