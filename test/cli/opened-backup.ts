import { readFileSync } from 'node:fs';
import { Decrypter } from 'age-encryption';

/** The plain bytes of a file of age, by its identity in a file or its passphrase. Rejects when it does not open. */
export async function opened(
  file: string,
  by: { readonly identity: string } | { readonly passphrase: string },
): Promise<Buffer> {
  const decrypter = new Decrypter();
  if ('passphrase' in by) decrypter.addPassphrase(by.passphrase);
  else decrypter.addIdentity(/^AGE-SECRET-KEY-\S+$/m.exec(readFileSync(by.identity, 'utf8'))?.[0] ?? '');
  return Buffer.from(await decrypter.decrypt(new Uint8Array(readFileSync(file))));
}
