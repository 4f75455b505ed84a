import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server got it. */
export interface AskedOfTransit {
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Key {
  readonly description: Record<string, unknown>;
  readonly versions: Buffer[];
}

interface Body {
  readonly plaintext?: string;
  readonly ciphertext?: string;
  readonly associated_data?: string;
}

type Reply = readonly [status: number, body: object];
const NO_KEY: Reply = [400, { errors: ['encryption key not found'] }];

/**
 * The part of the transit engine's HTTP API that is used here, after its documentation and the source of OpenBao's
 * path_encrypt.go, path_decrypt.go and path_keys.go (MPL 2.0), written anew. It really encrypts, as the engine does: nonce,
 * ciphertext and tag in base64 behind the version of the key. It makes no key that is missing.
 */
export class TransitStandIn {
  readonly token = 'hvs.CAESIJ0not0a0real0token';
  readonly asked: AskedOfTransit[] = [];
  /** What answers instead; gives `undefined` to let the engine answer. */
  interfere: (response: ServerResponse, asked: AskedOfTransit) => Reply | 'done' | undefined = () => undefined;
  ignoresAssociatedData = false;
  readonly #keys = new Map<string, Key>();
  readonly #server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.once('end', () => {
      const asked = { method: request.method, url: request.url ?? '', headers: request.headers, body };
      this.asked.push(asked);
      const reply = this.interfere(response, asked) ?? this.#reply(asked);
      if (reply === 'done') return;
      response.writeHead(reply[0], { 'Content-Type': 'application/json' }).end(JSON.stringify(reply[1]));
    });
  });

  async listen(): Promise<URL> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  create(path: string, description: Record<string, unknown> = {}): void {
    const type = { type: 'aes256-gcm96', derived: false, exportable: false, ...description };
    this.#keys.set(path, { description: type, versions: [randomBytes(32)] });
  }

  rotate(path: string): void {
    this.#keys.get(path)?.versions.push(randomBytes(32));
  }

  delete(path: string): void {
    this.#keys.delete(path);
  }

  #reply({ method, url, headers, body }: AskedOfTransit): Reply {
    if (headers['x-vault-token'] !== this.token) return [403, { errors: ['permission denied'] }];
    const [, mount = '', operation = '', name = ''] = /^\/v1\/(.+)\/(keys|encrypt|decrypt)\/([\w.-]+)$/.exec(url) ?? [];
    const key = this.#keys.get(`${mount}/${name}`);
    if (method === 'GET' && operation === 'keys') {
      if (key === undefined) return [404, { errors: [] }];
      return [200, { request_id: 'x', data: { name, ...key.description, latest_version: key.versions.length } }];
    }
    if (method !== 'POST' || operation === '') return [404, { errors: [`no handler for route "${url}"`] }];
    if (key === undefined) return NO_KEY;
    const parsed = JSON.parse(body) as Body;
    const associatedData = Buffer.from(this.ignoresAssociatedData ? '' : (parsed.associated_data ?? ''), 'base64');
    return operation === 'encrypt' ? encrypted(key, parsed, associatedData) : decrypted(key, parsed, associatedData);
  }
}

function encrypted({ versions }: Key, { plaintext = '' }: Body, associatedData: Buffer): Reply {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', versions.at(-1) ?? '', nonce).setAAD(associatedData);
  const sealed = Buffer.concat([nonce, cipher.update(plaintext, 'base64'), cipher.final(), cipher.getAuthTag()]);
  const ciphertext = `vault:v${versions.length}:${sealed.toString('base64')}`;
  return [200, { request_id: 'x', data: { ciphertext, key_version: versions.length } }];
}

function decrypted({ versions }: Key, { ciphertext = '' }: Body, associatedData: Buffer): Reply {
  const [, version = '', encoded = ''] = /^vault:v(\d+):(.*)$/.exec(ciphertext) ?? [];
  const key = versions[Number(version) - 1];
  if (key === undefined) return [400, { errors: ['invalid ciphertext: version is too new'] }];
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length < 29) return [400, { errors: ['invalid ciphertext length'] }];
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(associatedData);
    decipher.setAuthTag(bytes.subarray(-16));
    const plaintext = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    return [200, { request_id: 'x', data: { plaintext: plaintext.toString('base64') } }];
  } catch {
    return [400, { errors: ['cipher: message authentication failed'] }];
  }
}
