import type { Answer, ApiClient } from '../support/api-client.js';
import { sha3 } from '../support/wallet-client.js';

/** What a careless client has at hand. */
interface Carelessness {
  readonly alice: ApiClient;
  readonly nobody: ApiClient;
  readonly clientId: string;
  readonly publicKey: string;
  readonly token: string;
  /** A good body of `/sign/txn`. */
  readonly transactionBody: string;
}

/** Requests that carry a secret key where none belongs, by the place: none may come back or be written down. */
export function wrongPlaces(secret: string, at: Carelessness): readonly [string, () => Promise<Answer>][] {
  const { alice, nobody, clientId, publicKey } = at;
  const named = (api: ApiClient): ApiClient => api.with({ 'X-Peer-Public-Key': publicKey });
  const store = (body: unknown) => (): Promise<Answer> => alice.post('/store', body);
  return [
    ['in cut JSON', store(`{"private_key":"${secret}"`)],
    ['in doubled JSON', store(`{"private_key":"${secret}"}{"private_key":"${secret}"}`)],
    ['with 0x before it', store({ private_key: `0x${secret}` })],
    ['with one digit more', store({ private_key: `${secret}0` })],
    ['in a list', store({ private_key: [secret] })],
    ['as the name of a field', store({ [secret]: '' })],
    ['as the name of a field, twice', store(`{"${secret}":1,"${secret}":2}`)],
    ['in another field', store({ private_key: secret, secret })],
    ['in a wallet file with two keys', store({ keys: [{ private_key: secret }, { private_key: secret }] })],
    ['in a wallet file as a public key', store({ keys: [{ private_key: secret, public_key: secret }] })],
    ['in a wallet file as a name', store({ keys: [{ private_key: secret, [secret]: secret }] })],
    ['as the words', store({ mnemonics: secret })],
    ['as a mnemonic that is too long', store({ private_key: secret, mnemonic: secret.repeat(20) })],
    ['in a body that is too large', store(JSON.stringify({ private_key: secret.repeat(1100) }))],
    ['as a client id', () => alice.post(`/key/${secret}`)],
    ['as the client id of what is to go', () => alice.post(`/delete/${secret}`)],
    ['as a client id that is too long', () => alice.get(`/keys/${secret}0`)],
    ['as almost a client id', () => alice.post(`/key/${secret.slice(0, 63)}g`)],
    ['as a route', () => alice.get(`/${secret}`)],
    ['as a route of the SDK dialect', () => alice.get(`/zvault/${secret}`)],
    ['as a path that does not decode', () => alice.get(`/keys/%${secret}%zz`)],
    ['with an unknown method', () => alice.send('PROPFIND', `/${secret}`)],
    ['as a query', () => alice.get(`/restrictions?private_key=${secret}`)],
    ['as a cursor', () => alice.get(`/keys/${clientId}?cursor=${secret}`)],
    ['as a parameter of a list', () => alice.get(`/wallets?${secret}=1`)],
    ['as a header', () => alice.with({ 'X-Peer-Public-Key': secret }).get('/restrictions')],
    ['as a group', () => named(alice).put(`/restrictions/${clientId}`, { restrictions: [secret] })],
    ['as an expiry', () => alice.post(`/key/${clientId}`, { expires_at: secret })],
    ['as a user', () => alice.post('/share', { public_key: publicKey, target_user_id: `${secret}\n` })],
    [
      'in a form',
      () =>
        alice
          .with({ 'Content-Type': 'application/x-www-form-urlencoded' })
          .post(`/revoke/${clientId}`, `public_key=${secret}`),
    ],
    [
      'as a partial signature',
      () => named(nobody).post('/sign/msg', { hash: sha3(''), signature: secret.toUpperCase(), client_id: clientId }),
    ],
    [
      'in a transaction',
      () =>
        named(nobody).post(
          '/sign/txn',
          at.transactionBody.replace('"transaction_value":', `"transaction_value":"${secret}","x":`),
        ),
    ],
    ['as a token', () => nobody.with({ 'X-Jwt-Token': secret }).get('/wallets')],
    ['of another scheme', () => nobody.with({ Authorization: `Basic ${secret}` }).get('/wallets')],
    ['in the query, for a token', () => nobody.get(`/wallets?token=${at.token}`)],
  ];
}
