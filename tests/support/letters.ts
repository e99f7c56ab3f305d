/** A plain mail as it lies in a mailbox. */
export function letter(of: {
  from: string;
  to: string;
  subject: string;
  text: string;
  id: string;
  at: Date;
  inReplyTo?: string | undefined;
  references?: string[];
  headers?: string[];
}): string {
  return [
    'Return-Path: <bounces@world.example>',
    `From: ${of.from}`,
    `To: ${of.to}`,
    `Subject: ${of.subject}`,
    `Message-ID: ${of.id}`,
    `Date: ${of.at.toUTCString()}`,
    ...(of.inReplyTo === undefined ? [] : [`In-Reply-To: ${of.inReplyTo}`]),
    ...(of.references === undefined ? [] : [`References: ${of.references.join(' ')}`]),
    ...(of.headers ?? []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    of.text,
    '',
  ].join('\n');
}

/** A report of RFC 3464 that a mail could not be delivered. */
export function bounceReport(of: {
  to: string;
  recipient: string;
  originalId: string;
  id: string;
  at: Date;
  status?: string;
}): string {
  const status = of.status ?? '5.1.1';
  return [
    'Return-Path: <>',
    'From: Mail Delivery System <MAILER-DAEMON@mx.example>',
    `To: ${of.to}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: ${of.id}`,
    `Date: ${of.at.toUTCString()}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Your message could not be delivered.',
    '',
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    `Final-Recipient: rfc822; ${of.recipient}`,
    `Action: ${status.startsWith('4') ? 'delayed' : 'failed'}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} no such user here`,
    '',
    '--b1',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: ${of.originalId}`,
    'Subject: what was sent',
    '',
    'body',
    '--b1--',
    '',
  ].join('\n');
}
