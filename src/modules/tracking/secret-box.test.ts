import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const box = createSecretBox('the secret of the tests');

it('a sealed secret opens for its own source and on its own installation alone', () => {
  const sealed = box.seal('whsec_é', 'src_a');
  expect(box.open(sealed, 'src_a')).toBe('whsec_é');
  expect(box.seal('whsec_é', 'src_a')).not.toBe(sealed);
  expect(() => box.open(sealed, 'src_b')).toThrow('src_b');
  expect(() => createSecretBox('another').open(sealed, 'src_a')).toThrow('sealed elsewhere');
  expect(() => box.open(`${sealed.slice(0, -4)}AAAA`, 'src_a')).toThrow();
});

it('a secret sealed by a release before still opens', () => {
  const key = Buffer.from(hkdfSync('sha256', 'the secret of the tests', '', 'order-source-secrets', 32));
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update('whsec_old', 'utf8'), cipher.final()]);
  const old = Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
  expect(box.open(old, 'src_a')).toBe('whsec_old');
  expect(() => createSecretBox('another').open(old, 'src_a')).toThrow();
});
