import { KmsClient } from '@split-key-kms/client';
import type { KmsClientOptions } from '@split-key-kms/client';
import type { TestServer } from '../support/test-server.js';

/** A client of a test's server for `user`. */
export function clientOf(server: TestServer, user: string, options: Partial<KmsClientOptions> = {}): KmsClient {
  return new KmsClient({ url: server.url, token: () => server.token(user), ...options });
}

/** The entries of a list, all of them. */
export async function all<T>(entries: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}

/** The error that a call ends with; fails the test if it does not. */
export async function errorOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('it was expected to fail');
}
