import { Agent } from 'node:http';
import { rawRequest } from './raw-http.js';
import type { RawAnswer } from './raw-http.js';
import { heldKey } from './signing-calls.js';
import { splitWallet } from './split-wallet.js';
import type { TestServer } from './test-server.js';
import { sha3, walletClient } from './wallet-client.js';

/** A request for a signature that the server gives. */
export interface SigningCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Makes a wallet with a split key, and a message signed with its user share. */
export async function signingCallTo(server: TestServer): Promise<SigningCall> {
  const { key } = await splitWallet(server.as('alice'));
  const { clientId, userPublicKey, userShare } = heldKey(key);
  const hash = sha3('on a kept connection');
  const body = JSON.stringify({ hash, signature: (await walletClient()).sign(userShare, hash), client_id: clientId });
  const length = String(Buffer.byteLength(body));
  const headers = { 'X-Peer-Public-Key': userPublicKey, 'Content-Type': 'application/json', 'Content-Length': length };
  return { url: server.url, headers, body };
}

/** One connection that is kept between requests. */
export class KeptConnection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly call: SigningCall,
    private readonly path = '/sign/msg',
    private readonly more: Readonly<Record<string, string>> = {},
  ) {}

  sign(): Promise<RawAnswer> {
    const { url, headers, body } = this.call;
    const options = { agent: this.#agent, method: 'POST', path: this.path, headers: { ...headers, ...this.more } };
    return rawRequest(url, options, body);
  }

  get(path: string): Promise<RawAnswer> {
    return rawRequest(this.call.url, { agent: this.#agent, path });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** The connections that are refused when all ask at once. */
export async function refusedOf(all: readonly KeptConnection[]): Promise<KeptConnection[]> {
  const answers = await Promise.all(all.map((connection) => connection.sign()));
  return all.filter((_, index) => answers[index]?.status === 503);
}
