import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';

/**
 * Examples for the OpenAPI document that run as they stand: store the wallet, split it, list it; or set up the
 * split key at ZAuth and sign with it. All are PUBLIC TEST KEYS from 0Chain's own repositories (the sources are
 * named in test/vectors): never use them for real funds.
 */
export const EXAMPLE_WALLET = {
  privateKey: '04e57640c99339b7ca75e880722788d5d18d5127b37deabcab0ad39e40b84b1e',
  mnemonic:
    'cupboard raven slush easily author profit argue second evolve autumn tool favorite ' +
    'spider version found raw laptop donkey unlock address minimum truck tilt calm',
  clientId: '48f28b641e4e14764c7d3906b4743e8ef8c281259138e338298fbb7eca9d0b5b',
  clientKey:
    'be63f802120e6b164d8df7f2941cc9ed81046e93337862cbdab17fe87a763e0d04846a09491f6dda642289f7651e0df1eda63e3272b2df27dadda31bc1463f91',
} as const;

/** gosdk's TestCombinedSignAndVerify; the first key taken as the user share, the second as the server share. */
export const EXAMPLE_SPLIT_KEY = {
  clientId: '8d83c949eadab6a9b71597e4e7643060a1f107da808f7269f15e423bfed5e4d5',
  clientKey:
    'f72fd53ee85e84157d3106053754594f697e0bfca1f73f91a41f7bb0797d901acefd80fcc2da98aae690af0ee9c795d6590c1808f26490306433b4e9c42f7b1f',
  userPublicKey:
    '574ad8275d17b5f8f1b1557214342c8607cd5a267f3a5879133c694e2475a9129765a96e1564cef1c11328883b36222d57ecc8113d4d6d71096684d13de12d91',
  serverPublicKey:
    '8be97d7c4b59717f1d74861f6ee89a9ef0e6e45af825bf405a364d3ab58075085212063690d0d61c49f8e956f1e61b1a80d62508d13d9b91f0c889f9dae35a94',
  serverShare: '704b6f489583bf1118432fcfb38e63fc2d4b61e524fb196cbd95413f8eb91c12',
  text: 'combined-split-vector',
  /** The SHA3-256 of the text. */
  hash: 'b107e9913a0aff75bb38ca6e1621190c1fa2c5b585baa371d3cbb5eb09880b54',
  userPartial: 'cc32558aa283f9422abc2f36ec65e39a3ee17d80fce30f39936f63455a21bd1d',
  combined: '4d9f3eb1d4a3d0ca6191423dec97b75b3167bd519dd1f4743269f15328e5901d',
} as const;

/** A transfer by the same split key, with the user's partial signature. */
export const EXAMPLE_TRANSACTION = {
  hash: '81dcfc9012ccf70a5b2c27992db9b1a9c15ae89deb763a2774ea8fc17e57d312',
  version: '1.0',
  client_id: EXAMPLE_SPLIT_KEY.clientId,
  public_key: EXAMPLE_SPLIT_KEY.clientKey,
  to_client_id: '2bff5112812e079f37f278f7436eceb08c7e3e3eae68076b6b6f396c7e5d641f',
  chain_id: '0afc093ffb509f059c55478bc1a60351cef7b4e9c008a53a6cc8241ca8617dfe',
  transaction_data: '{"name":"transfer","input":{"note":"example"}}',
  transaction_value: 10_000_000_000,
  creation_date: 1_704_676_947,
  transaction_type: 0,
  transaction_fee: 100_000,
  transaction_nonce: 1,
  signature: 'a33897c8fed6bb04e18f514b55132186d3b56a3ea0570251abb18a27e7cb1d01',
} as const;

/** What POST /sign/txn answers to it. */
export const EXAMPLE_TRANSACTION_COMBINED = 'ccaa5fdb930178f79cd89ce8187abdd41911c291351835babac98cbe7f644907';

/** Split keys are drawn at random, so their public keys cannot stand in an example. */
export const PASTE_USER_PUBLIC_KEY = 'paste public_key from GET /keys/{client_id}';

const CLIENT_ID = {
  name: 'client_id',
  type: String,
  description: "the wallet's client id, 64 hexadecimal characters",
} as const;

/** For the routes that take a wallet of ZVault's. */
export const CLIENT_ID_PARAM = { ...CLIENT_ID, example: EXAMPLE_WALLET.clientId };

/** For the routes that take a split key which was set up at ZAuth. */
export const SDK_CLIENT_ID_PARAM = { ...CLIENT_ID, example: EXAMPLE_SPLIT_KEY.clientId };

/** Documents the header that names a split key. @param isSetUp whether the example can be the one set up at ZAuth */
export function ApiPeerPublicKey(isSetUp = false): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'X-Peer-Public-Key',
      required: true,
      description: "names the split key: either share's public key, 128 hexadecimal characters",
      schema: { type: 'string', ...(isSetUp ? { example: EXAMPLE_SPLIT_KEY.userPublicKey } : {}) },
    }),
  );
}
