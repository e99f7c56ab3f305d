import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import forge from 'node-forge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { makeSigningKey } from '#infra/pdf/signing-key.ts';
import { AppError } from '#kernel/errors.ts';
import { addDeliverables, changeDeliverableState } from '#modules/campaigns/api.ts';
import { eraseCreators } from '#modules/creators/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from './api.ts';
import { listObligations, openWork, portalTasks, runContractWatch, termsOf } from './index.ts';

const start = new Date('2026-05-14T09:00:00Z');
const eur = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
const handles = Array.from({ length: 30 }, (_, at) => `creator.${String(at).padStart(2, '0')}`);

describe('contracts', () => {
  let test: TestCore;
  let now = start;
  let roster: TestRoster;
  let workspaceId = '';
  let client: Client;
  let used = 0;

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    workspaceId = await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    client = test.client('mine');
    roster = await aCampaign(test.database, workspaceId, handles);
  }, 60_000);
  afterAll(() => test.close());

  const next = () => {
    const enrolment = roster.enrolments[used];
    if (enrolment === undefined) throw new Error('The test has no creator left');
    used += 1;
    return enrolment;
  };
  const later = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  const refused = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return error instanceof AppError ? error.code : error;
  };
  const drafted = async (fee = '30000') => {
    const enrolment = next();
    const made = await client.call(api.createContracts, {
      campaignId: roster.campaignId,
      templateId: 'sponsored-de',
      enrolmentIds: [enrolment.id],
      fees: [{ enrolmentId: enrolment.id, fee: eur(fee) }],
    });
    return {
      enrolment,
      contractId: made.created[0]?.contractId ?? '',
      creator: await test.portal('mine', enrolment.personId),
    };
  };
  const sent = async (fee?: string) => {
    const one = await drafted(fee);
    const outcome = await client.call(api.sendContracts, { contractIds: [one.contractId], expiresOn: '2026-06-01' });
    expect(outcome).toMatchObject({ sent: 1, refused: [] });
    return one;
  };
  const bytesOf = async (response: Promise<Response>) => Buffer.from(await (await response).arrayBuffer());
  const signAsCreator = async (creator: Client, contractId: string, name = 'Nell Baker') => {
    const { version, documentHash } = await creator.call(api.getPortalContract, { contractId });
    await creator.open(api.getPortalDocument, { contractId, version });
    return creator.call(api.signPortalContract, {
      contractId,
      version,
      documentHash,
      name,
      method: 'typed',
      agrees: true,
    });
  };
  const signAsBrand = async (contractId: string, version: number) => {
    const { hash } = await client.call(api.readDocumentHash, { contractId, version });
    await client.open(api.getDocument, { contractId, version });
    return client.call(api.signContract, {
      contractId,
      version,
      documentHash: hash,
      name: 'Ann Oat',
      role: 'Head of brand',
      method: 'drawn',
      strokes: [
        [
          [0, 0],
          [500, 900],
          [1000, 100],
        ],
      ],
      agrees: true,
    });
  };
  const signed = async () => {
    const one = await sent();
    await signAsCreator(one.creator, one.contractId);
    return { ...one, contract: await signAsBrand(one.contractId, 1) };
  };

  it('go from a draft over a counter-offer to both signatures, and are in force then', async () => {
    const { enrolment, contractId, creator } = await sent();
    const inWorkspace = test.core.infra.db.inWorkspace;
    expect(await inWorkspace(workspaceId, (tx) => termsOf(tx, workspaceId, enrolment.id))).toBeNull();
    const offer = await creator.call(api.getPortalContract, { contractId });
    expect(offer).toMatchObject({
      state: 'sent',
      waitsFor: 'me',
      version: 1,
      may: { sign: true, counter: true, decline: true },
    });
    expect(
      await refused(
        creator.call(api.counterPortalContract, {
          contractId,
          version: 1,
          terms: offer.terms,
          expiresOn: '2026-05-20',
        }),
      ),
    ).toBe('contracts.nothing_changed');
    await creator.call(api.counterPortalContract, {
      contractId,
      version: 1,
      terms: { ...offer.terms, fee: eur('45000'), revisionsMax: 1 },
      note: 'Two days of filming',
      expiresOn: '2026-05-20',
    });
    const countered = await client.call(api.getContract, { contractId });
    expect(countered).toMatchObject({ state: 'countered', waitsFor: 'us', version: 2 });
    expect(countered.versions[0]).toMatchObject({ side: 'creator', note: 'Two days of filming' });
    expect(countered.versions[0]?.changes.map((change) => [change.field, change.after[0]])).toEqual([
      ['fee', '450.00 EUR'],
      ['revisionsMax', 'At most 1'],
    ]);
    expect(await refused(client.call(api.acceptCounter, { contractId, version: 1 }))).toBe(
      'contracts.outdated_version',
    );
    await client.call(api.acceptCounter, { contractId, version: 2 });
    await signAsCreator(creator, contractId);
    const done = await signAsBrand(contractId, 2);
    expect(done).toMatchObject({
      state: 'signed',
      inForceVersion: 2,
      waitsFor: 'nobody',
      signedBy: ['brand', 'creator'],
    });
    const inForce = await inWorkspace(workspaceId, (tx) => termsOf(tx, workspaceId, enrolment.id));
    expect(inForce).toMatchObject({
      contractId,
      version: 2,
      revisionsMax: 1,
      autoApproveAfterBusinessDays: 5,
      fee: eur('45000'),
    });
    expect(inForce?.usageRights[0]).toMatchObject({ startsAt: 'live', from: null, until: null, days: 180 });
  });

  it('are sealed so that a changed byte breaks the seal, and keep the document both saw', async () => {
    const { contract, contractId, creator } = await signed();
    const sealed = await bytesOf(client.open(api.getSealed, { contractId, version: 1 }));
    expect(createHash('sha256').update(sealed).digest('hex')).toBe(contract.versions[0]?.sealedHash);
    expect(contract.versions[0]?.sealedStandard).toBe('PDF/A-2a');
    expect(sealed.toString('latin1')).toContain('<pdfaid:part>2</pdfaid:part>');
    checkSeal(sealed);
    expect(() => checkSeal(flipped(sealed, 2000))).toThrow();
    await checkWithPdfsig(sealed, 'Signature is Valid');
    await checkWithPdfsig(flipped(sealed, 2000), 'Digest Mismatch');
    const theirs = await bytesOf(creator.open(api.getPortalSealed, { contractId, version: 1 }));
    expect(theirs.equals(sealed)).toBe(true);
    const seen = await bytesOf(creator.open(api.getPortalDocument, { contractId, version: 1 }));
    const hash = createHash('sha256').update(seen).digest('hex');
    expect(contract.signatures.map((one) => `${one.side} ${one.seenHash}`).sort()).toEqual([
      `brand ${hash}`,
      `creator ${hash}`,
    ]);
    expect(contract.events.slice(0, 3).map((one) => one.kind)).toEqual(['sealed', 'in_force', 'signed']);
    expect(contract.signatures.every((one) => one.consent.includes(hash))).toBe(true);
  });

  it('refuse to be signed unread, by another hash, in an older version, or a second time', async () => {
    const { contractId, creator } = await sent();
    const { documentHash } = await creator.call(api.getPortalContract, { contractId });
    const sign = (of: { version?: number; documentHash?: string; name?: string; method?: 'drawn' }) =>
      refused(
        creator.call(api.signPortalContract, {
          contractId,
          version: 1,
          documentHash,
          name: 'Nell',
          method: 'typed',
          agrees: true,
          ...of,
        }),
      );
    expect(await sign({})).toBe('contracts.not_seen');
    // What the brand opened the creator has not seen.
    await client.open(api.getDocument, { contractId, version: 1 });
    expect(await sign({})).toBe('contracts.not_seen');
    await creator.open(api.getPortalDocument, { contractId, version: 1 });
    expect(await sign({ documentHash: '0'.repeat(64) })).toBe('contracts.outdated_version');
    expect(await sign({ name: '🎉🎉' })).toBe('contracts.bad_name');
    expect(await sign({ method: 'drawn' })).toBe('contracts.no_stroke');
    const draft = await client.call(api.getContract, { contractId });
    const [version] = draft.versions;
    if (version === undefined) throw new Error('No version');
    const save = { contractId, basedOn: 1, seenAt: draft.updatedAt, clauses: version.clauses };
    await client.call(api.saveContract, { ...save, terms: { ...version.terms, revisionsMax: 3 } });
    expect(await sign({})).toBe('contracts.outdated_version');
    expect(await refused(client.call(api.saveContract, { ...save, terms: version.terms }))).toBe(
      'contracts.outdated_version',
    );
    await client.call(api.sendContracts, { contractIds: [contractId], expiresOn: '2026-06-01' });
    await signAsCreator(creator, contractId, 'Nell\r\nBcc: all@example.org');
    const after = await client.call(api.getContract, { contractId });
    expect(after.signatures.map((one) => one.name)).toEqual(['Nell Bcc: all@example.org']);
    await signAsCreator(creator, contractId, 'Somebody Else');
    expect((await client.call(api.getContract, { contractId })).signatures).toHaveLength(1);
  });

  it('end with one signature a side when both sign at once, and are sealed once', async () => {
    const { contractId, creator } = await sent();
    const outcomes = await Promise.allSettled([
      signAsCreator(creator, contractId),
      signAsBrand(contractId, 1),
      signAsCreator(creator, contractId),
      signAsBrand(contractId, 1),
    ]);
    expect(outcomes.map((one) => one.status)).toEqual(Array(4).fill('fulfilled'));
    const contract = await client.call(api.getContract, { contractId });
    expect(contract).toMatchObject({ state: 'signed', inForceVersion: 1 });
    expect(contract.signatures.map((one) => one.side).sort()).toEqual(['brand', 'creator']);
    expect(contract.events.filter((one) => one.kind === 'sealed')).toHaveLength(1);
    expect(contract.events.filter((one) => one.kind === 'in_force')).toHaveLength(1);
  });

  it('stay in force until both signed an amendment, whatever becomes of it', async () => {
    const { contract, contractId, creator, enrolment } = await signed();
    const [version] = contract.versions;
    if (version === undefined) throw new Error('No version');
    const revise = async (revisionsMax: number) => {
      const { updatedAt, version: basedOn } = await client.call(api.getContract, { contractId });
      await client.call(api.saveContract, {
        contractId,
        basedOn,
        seenAt: updatedAt,
        terms: { ...version.terms, revisionsMax },
        clauses: version.clauses,
      });
      return client.call(api.sendContracts, { contractIds: [contractId], expiresOn: '2026-06-01' });
    };
    const agreed = () => test.core.infra.db.inWorkspace(workspaceId, (tx) => termsOf(tx, workspaceId, enrolment.id));
    await revise(4);
    expect(await creator.call(api.getPortalContract, { contractId })).toMatchObject({
      isAmendment: true,
      changesSince: 1,
      changes: [{ field: 'revisionsMax' }],
    });
    await creator.call(api.declinePortalContract, { contractId, version: 2, reason: 'Too many' });
    expect(await agreed()).toMatchObject({ version: 1, revisionsMax: 2 });
    expect(await client.call(api.getContract, { contractId })).toMatchObject({ state: 'declined', inForceVersion: 1 });
    await revise(3);
    await signAsCreator(creator, contractId);
    expect(await agreed()).toMatchObject({ version: 1, revisionsMax: 2 });
    await signAsBrand(contractId, 3);
    expect(await agreed()).toMatchObject({
      version: 3,
      revisionsMax: 3,
      signedAt: new Date(contract.inForceSince ?? ''),
    });
    expect(await refused(client.call(api.withdrawContract, { contractId, reason: 'Changed my mind' }))).toBe(
      'contracts.step_not_allowed',
    );
    expect(await client.call(api.endContract, { contractId, reason: 'The shop closes' })).toMatchObject({
      endedReason: 'The shop closes',
    });
    expect(await agreed()).toBeNull();
  });

  it('cannot be answered once withdrawn or lapsed, and lapse at the end of their day where the workspace is', async () => {
    const withdrawn = await sent();
    await client.call(api.withdrawContract, { contractId: withdrawn.contractId, reason: 'Budget is gone' });
    const lapsing = await sent();
    const hash = (await lapsing.creator.call(api.getPortalContract, { contractId: lapsing.contractId })).documentHash;
    await lapsing.creator.open(api.getPortalDocument, { contractId: lapsing.contractId, version: 1 });
    const { expiresAt } = await client.call(api.getContract, { contractId: lapsing.contractId });
    const before = now;
    try {
      now = new Date(expiresAt ?? '');
      const order = { version: 1, documentHash: hash, name: 'Nell', method: 'typed' as const, agrees: true as const };
      expect(
        await refused(lapsing.creator.call(api.signPortalContract, { contractId: lapsing.contractId, ...order })),
      ).toBe('contracts.offer_expired');
      expect(await client.call(api.getContract, { contractId: lapsing.contractId })).toMatchObject({
        state: 'expired',
      });
      expect((await runContractWatch(test.core.infra)).expired).toBeGreaterThan(0);
      expect((await runContractWatch(test.core.infra)).expired).toBe(0);
    } finally {
      now = before;
    }
    for (const { creator, contractId } of [withdrawn, lapsing]) {
      const { terms } = await creator.call(api.getPortalContract, { contractId });
      const codes = [
        await refused(creator.call(api.acceptPortalContract, { contractId, version: 1 })),
        await refused(
          creator.call(api.counterPortalContract, {
            contractId,
            version: 1,
            terms: { ...terms, revisionsMax: 9 },
            expiresOn: '2026-06-01',
          }),
        ),
        await refused(creator.call(api.declinePortalContract, { contractId, version: 1 })),
      ];
      expect(codes.every((code) => code === 'contracts.step_not_allowed' || code === 'contracts.offer_expired')).toBe(
        true,
      );
    }
    expect(
      await refused(client.call(api.sendContracts, { contractIds: [withdrawn.contractId], expiresOn: '2026-05-13' })),
    ).toBe('contracts.expiry_passed');
  });

  it('remind of an offer three days before it lapses, once', async () => {
    const { contractId, creator, enrolment } = await sent();
    const before = now;
    try {
      now = new Date('2026-05-30T09:00:00Z');
      expect((await runContractWatch(test.core.infra)).reminded).toBeGreaterThan(0);
      expect((await runContractWatch(test.core.infra)).reminded).toBe(0);
      const tasks = await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
        portalTasks(test.core.infra, tx, { workspaceId, personId: enrolment.personId }),
      );
      expect(tasks).toMatchObject([{ kind: 'contract.answer', path: `/contracts/${contractId}`, isUrgent: true }]);
    } finally {
      now = before;
    }
    await signAsCreator(creator, contractId);
    const work = await test.core.infra.db.inWorkspace(workspaceId, (tx) => openWork(test.core.infra, tx, workspaceId));
    expect(work.find((one) => one.path.endsWith(contractId))).toMatchObject({
      kind: 'contract.to_sign',
      personId: enrolment.personId,
    });
  });

  it('are found by nobody but their creator and their workspace, and never as drafts', async () => {
    const { contractId, creator } = await drafted();
    expect(await refused(creator.call(api.getPortalContract, { contractId }))).toBe('not_found');
    expect(await refused(creator.open(api.getPortalDocument, { contractId, version: 1 }))).toBe('not_found');
    await client.call(api.sendContracts, { contractIds: [contractId], expiresOn: '2026-06-01' });
    const other = await test.portal('mine', next().personId);
    expect(await refused(other.call(api.getPortalContract, { contractId }))).toBe('not_found');
    expect(await refused(other.call(api.declinePortalContract, { contractId, version: 1 }))).toBe('not_found');
    expect(await refused(test.client('theirs').call(api.getContract, { contractId }))).toBe('not_found');
    expect((await other.call(api.listPortalContracts, {})).length).toBe(0);
    expect((await creator.call(api.listPortalContracts, {})).map((one) => one.id)).toEqual([contractId]);
  });

  it('are made for many at once, each with a fee of its own, and not twice', async () => {
    const many = [next(), next(), next()];
    const order = {
      campaignId: roster.campaignId,
      templateId: 'ambassadorship-us',
      enrolmentIds: [...many.map((one) => one.id), 'enr_missing'],
      fees: many.map((one, at) => ({ enrolmentId: one.id, fee: eur(String(10_000 + at)) })),
    };
    const made = await client.call(api.createContracts, order);
    expect(made.created).toHaveLength(3);
    expect(made.refused).toMatchObject([{ enrolmentId: 'enr_missing' }]);
    expect(await client.call(api.createContracts, order)).toMatchObject({ created: [], unchanged: 3 });
    const outcome = await client.call(api.sendContracts, {
      contractIds: [...made.created.map((one) => one.contractId), 'con_missing'],
      expiresOn: '2026-06-01',
    });
    expect(outcome).toMatchObject({ sent: 3, mailed: 0, refused: [{ contractId: 'con_missing' }] });
    expect(outcome.withoutMail).toHaveLength(3);
    const list = await client.call(api.listContracts, { campaignId: roster.campaignId, states: ['sent'], limit: 2 });
    expect(list.rows).toHaveLength(2);
    expect(list.nextCursor).not.toBeNull();
    const fees = await Promise.all(
      made.created.map(async ({ contractId }) => (await client.call(api.getContract, { contractId })).fee?.amountMinor),
    );
    expect(fees).toEqual(['10000', '10001', '10002']);
  });

  it('say what is owed on which day, and tell of it once on the day', async () => {
    const enrolment = roster.enrolments[used];
    const added = await client.call(addDeliverables, {
      campaignId: roster.campaignId,
      enrolmentIds: [enrolment?.id ?? ''],
      platform: 'instagram',
      format: 'reel',
      title: 'Morning',
      dueOn: '2026-05-20',
    });
    const { contractId } = await signed();
    const owed = await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      listObligations(test.core.infra, tx, { workspaceId, filter: { contractId } }),
    );
    expect(owed.map((one) => [one.kind, one.dueOn, one.state])).toEqual([
      ['deliverable', '2026-05-20', 'open'],
      ['contract_end', '2026-05-31', 'open'],
      ['payment', null, 'open'],
      ['rights_end', null, 'open'],
    ]);
    await client.call(changeDeliverableState, {
      deliverableId: added.deliverableIds[0] ?? '',
      from: 'planned',
      to: 'live',
      liveUrl: 'https://example.org/p/1',
      liveAt: '2026-05-14T08:00:00Z',
    });
    const after = await client.call(api.getContract, { contractId });
    expect(after.obligations.find((one) => one.kind === 'payment')).toMatchObject({
      dueOn: '2026-06-13',
      waitsFor: null,
      amount: eur('30000'),
    });
    const before = now;
    try {
      now = new Date('2026-06-13T10:00:00Z');
      const told = (await runContractWatch(test.core.infra)).due;
      expect(told).toBeGreaterThan(0);
      expect((await runContractWatch(test.core.infra)).due).toBe(0);
    } finally {
      now = before;
    }
  });

  it('outlive an erased creator as evidence without a name in the list; an unsigned offer goes', async () => {
    const kept = await signed();
    const gone = await sent();
    await client.call(eraseCreators, { personIds: [kept.enrolment.personId, gone.enrolment.personId] });
    await test.core.infra.outbox.settle();
    expect(await refused(client.call(api.getContract, { contractId: gone.contractId }))).toBe('not_found');
    const contract = await client.call(api.getContract, { contractId: kept.contractId });
    expect(contract).toMatchObject({ isErased: true, person: { name: 'Erased creator' }, inForceVersion: 1 });
    checkSeal(await bytesOf(client.open(api.getSealed, { contractId: kept.contractId, version: 1 })));
    expect(await refused(client.call(api.linkContract, { contractId: kept.contractId }))).toBe(
      'contracts.erased_creator',
    );
  });

  it('keep own clauses and templates, and refuse what a contract could not be made from', async () => {
    const clause = await client.call(api.saveClause, { title: 'Pets', body: 'No dogs but {{creatorName}}’s.' });
    expect(clause).toMatchObject({ version: 1, isOwn: true, variables: ['creatorName'] });
    expect(
      await client.call(api.saveClause, { clauseId: clause.id, title: 'Pets', body: 'Dogs are fine.' }),
    ).toMatchObject({ version: 2 });
    expect(await refused(client.call(api.saveClause, { title: 'Shoes', body: '{{shoeSize}}' }))).toBe(
      'contracts.bad_clause',
    );
    const { terms } =
      (await client.call(api.listTemplates, { model: 'sponsored', jurisdiction: 'FR' })).templates[0] ?? {};
    if (terms === undefined) throw new Error('No template ships');
    const own = { name: 'Ours', model: 'sponsored' as const, jurisdiction: 'FR' as const, terms };
    expect(await refused(client.call(api.saveTemplate, { ...own, clauseIds: ['nothing'] }))).toBe(
      'contracts.bad_template',
    );
    const template = await client.call(api.saveTemplate, { ...own, clauseIds: ['parties', clause.id] });
    const made = await client.call(api.createContracts, {
      campaignId: roster.campaignId,
      templateId: template.id,
      enrolmentIds: [next().id],
    });
    const contract = await client.call(api.getContract, { contractId: made.created[0]?.contractId ?? '' });
    expect(contract.sections.map((section) => section.title)).toEqual(['Who agrees', 'Pets']);
    await client.call(api.removeClause, { clauseId: clause.id });
    expect((await client.call(api.getContract, { contractId: contract.id })).sections).toHaveLength(2);
    expect(await refused(client.call(api.removeClause, { clauseId: 'parties' }))).toBe('not_found');
  });

  it('seal with a certificate brought along, and say what is wrong with one that does not fit', async () => {
    const bring = (container: Buffer, passphrase: string) =>
      client.call(api.bringCertificate, { container: container.toString('base64'), passphrase });
    const old = await makeSigningKey({ name: 'Old', at: new Date('2001-01-01T00:00:00Z') });
    expect(await refused(bring(Buffer.from('no container'), ''))).toBe('contracts.bad_certificate');
    expect(await refused(bring(old.key.container, 'wrong'))).toBe('contracts.bad_certificate');
    expect(await refused(bring(old.key.container, old.key.passphrase))).toBe('contracts.bad_certificate');
    const own = await makeSigningKey({ name: 'Kaffeerösterei 山', at: now });
    expect(await bring(own.key.container, own.key.passphrase)).toMatchObject({
      seal: { source: 'brought', fingerprint: own.facts.fingerprint },
    });
    later(1000);
    const { contractId } = await signed();
    const sealed = await bytesOf(client.open(api.getSealed, { contractId, version: 1 }));
    expect(checkSeal(sealed)).toContain('Kaffeer');
    await checkWithPdfsig(sealed, 'Signature is Valid');
    expect(await client.call(api.dropCertificate, {})).toMatchObject({ seal: null });
  });
});

function flipped(pdf: Buffer, at: number): Buffer {
  const changed = Buffer.from(pdf);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

/** Checks the PKCS#7 over the byte range by itself, without a reader of PDF; returns the certificate's subject. Throws when it does not hold. */
function checkSeal(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  const [, a, b, c, d] = (/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]/.exec(text) ?? []).map(Number);
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('No byte range');
  if (a !== 0 || c + d !== pdf.length) throw new Error('The seal does not cover the whole file');
  const hex = text.slice(b + 1, c - 1).replace(/0+$/, '');
  const der = Buffer.from(hex.length % 2 === 0 ? hex : `${hex}0`, 'hex');
  const parsed = forge.asn1.fromDer(forge.util.createBuffer(der.toString('binary')), { parseAllBytes: false } as never);
  const message = forge.pkcs7.messageFromAsn1(parsed) as forge.pkcs7.PkcsSignedData & {
    rawCapture: { authenticatedAttributes: forge.asn1.Asn1[]; signature: string };
  };
  const { authenticatedAttributes, signature } = message.rawCapture;
  const set = forge.asn1.create(forge.asn1.Class.UNIVERSAL, forge.asn1.Type.SET, true, authenticatedAttributes);
  const digest = createHash('sha256').update(pdf.subarray(0, b)).update(pdf.subarray(c)).digest('binary');
  const attributes = forge.asn1.toDer(set).getBytes();
  if (!attributes.includes(digest)) throw new Error('The digest is not that of the file');
  const [certificate] = message.certificates;
  if (certificate === undefined) throw new Error('No certificate');
  const key = certificate.publicKey as forge.pki.rsa.PublicKey;
  const holds = key.verify(forge.md.sha256.create().update(attributes).digest().getBytes(), signature);
  if (!holds) throw new Error('The signature does not hold');
  return certificate.subject.attributes.map((one) => String(one.value)).join(', ');
}

/** Asks a reader of PDF that is not ours, where it is installed; the set-up of the tests installs it. */
async function checkWithPdfsig(pdf: Buffer, verdict: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-pdfsig-'));
  const path = join(folder, 'contract.pdf');
  await writeFile(path, pdf);
  const answer = spawnSync('pdfsig', [path], { encoding: 'utf8' });
  await rm(folder, { recursive: true });
  if (answer.error !== undefined && process.env.CI !== 'true') return;
  expect(answer.stdout).toContain(verdict);
}
