import {
  type Icon,
  IconCheckbox,
  IconFileText,
  IconGift,
  IconMail,
  IconMessages,
  IconSignature,
  IconUpload,
} from '@tabler/icons-react';

const icons: Record<string, Icon> = {
  application: IconMail,
  brief: IconFileText,
  contract: IconSignature,
  invitation: IconMail,
  pick: IconGift,
  product: IconGift,
  seeding: IconGift,
  shipment: IconGift,
  submission: IconUpload,
  deliverable: IconUpload,
  message: IconMessages,
};

/** The picture of a task by its noun. */
export function taskIcon(kind: string): Icon {
  return icons[kind.split('.')[0] ?? ''] ?? IconCheckbox;
}
