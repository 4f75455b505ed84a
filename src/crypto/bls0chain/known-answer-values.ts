/**
 * Values that 0Chain has published in its own repositories (test keys: never for real funds), and encodings that must
 * be refused. All hexadecimal, as on the wire.
 */
export const KNOWN_WALLET = {
  // 0chain/gosdk, docs/demo wallet
  mnemonic:
    'glare mistake gun joke bid spare across diagram wrap cube swear cactus cave repeat you brave few best wild ' +
    'lion pitch pole original wasp',
  privateKey: '41729ed8d82f782646d2d30b9719acfd236842b9b6e47fee12b7bdbd05b35122',
  clientKey:
    '1f495df9605a4479a7dd6e5c7a78caf9f9d54e3a40f62a3dd68ed377115fe614' +
    'd8acf0c238025f67a85163b9fbf31d10fbbb4a551d1cf00119897edf18b1841c',
  clientId: '30764bcba73216b67c36b05a17b4dd076bfdc5bb0ed84856f27622188c377269',
} as const;

export const KNOWN_SPLIT = {
  // 0chain/system_test, zauth operations; serverPublicKey, serverPartial and combined follow from the others.
  clientKey:
    'ff132aaf4eeb517478c7bdd19ba887dbd909c4527b78ac989f723e5b5c349f03' +
    'dc5a737071040edd5ba7a593e12264d895ad9cace1a50321886653ca8c366e13',
  serverShare: '863f94d6deacc75c658db3e22d27c31944fc562aeef6e5b97a31d9e25294111a',
  serverPublicKey:
    '80682097cca2363524701a83d151f41e757e3140933c24755673531a30787015' +
    '0650e838d9928569c087dc9f7178b7dec7472cf69d0d3ff028b576a0a0938f08',
  userPublicKey:
    'f06fe5513831714965ca33080052b3873bb2e785c5d2abd88a2f958e74872617' +
    'adf6e8c5fe5cb8ed0e0c218cde796707c0a9ef8f7e77756032eada0d5f3c9d00',
  hash: '7a8950d472c3a5a7cf0f27019c4507275d24e0bd3a97e1dedc7d77a132d9d6d3',
  userPartial: '5d65c31f8bcf64c259c3e155b78bb4c7c5ea2dae1d0d6da1a8b735f2bda2db84',
  serverPartial: '54cc58a1f7e9e8e84da17106d2e4a159b657ff6a4288249e1f64f2a85fec6098',
  combined: 'ce2bc5f96d058db808456f2bb325628b0ff66617f8e3df2ee1fc7ee945f06b03',
} as const;

export const KNOWN_SECRET_SUM = {
  // 0chain/gosdk, core/zcncrypto TestCombinedSignAndVerify
  userShare: 'c36f2f92b673cf057a32e8bd0ca88888e7ace40337b737e9c7459fdc4c521918',
  serverShare: '704b6f489583bf1118432fcfb38e63fc2d4b61e524fb196cbd95413f8eb91c12',
  clientKey:
    'f72fd53ee85e84157d3106053754594f697e0bfca1f73f91a41f7bb0797d901a' +
    'cefd80fcc2da98aae690af0ee9c795d6590c1808f26490306433b4e9c42f7b1f',
} as const;

/**
 * With {@link KNOWN_SPLIT}, whose hash takes the second candidate of the map to G1, these take the other two and both
 * signs of y.
 */
export const KNOWN_SIGNATURES = [
  {
    // 0chain/blobber, a transaction of April 2023
    publicKey:
      '9ff5647b09897712e57b54f3226dfd013070d98bf6ee665590b659f309ac9916' +
      'bf7328dcba40e626686943301da2ac1de27c84987eb2c85e3bfb8e174b009191',
    hash: '56f5291c31b04010eb57a1ae94758af1973e4a1d54a680246b0e0e9b7f39fa75',
    signature: '1b39a14cfeccf9881b18d41ddd319a7b3f0e609dfb15c9b35a6658830f61a81a',
  },
  {
    // 0chain/system_test, X-App-Client-Signature of the 0box client
    publicKey:
      '91a3a29f4c05b82f2a83f9d4b405976637a4a29f11b1918de30fc319ab87db19' +
      '1b195d9f3e6eecf588e1b83d195931d12760f303c3d1845144f07617022faa8f',
    hash: 'add1c1737194d5ac74472223fc3c85b82aa120619df82543d544735512e50872',
    signature: '6de25e5a202614216610558ec68346a9aca97165e29a12cc047fbeb8c696d420',
  },
] as const;

/**
 * Messages that are not 32 bytes long, as wallets sign them for uploads: an MD5, and a signature with a root. Made with
 * npm bls-wasm 0.4.8 from public test keys, which add up to the wallet of test/vectors/field-cases.json.
 */
export const KNOWN_UPLOAD = {
  clientKey:
    '0f971d7a15b6f46be969ff5cef1b10cf5257823413716f50f05b8beaf333d20a' +
    '851d81d0eca698b8ab41020aba3f358685f8d9961a9e92a1fdc3cf9901871f12',
  serverShare: '990e723fb0b8a60279d1b782c0b40cecb4afd5696763fedd610d7ebfdcea770c',
  messages: [
    {
      message: '4a8ec4fa5f01b4ab1a0ab8cbccb709f0',
      userPartial: '8aff2a3c6a33cf4a778f55f1d96a9808631509f3ba2b1102f37ec15a7509b503',
      serverPartial: 'fc111ffa7abdd25a6498aaf9fcfda20d66346236b08004252f327985a56a5e9e',
      combined: '42a9c9dbb3f94a1b3e5ab93b712c5d11410ffe52a6b19e82c70dc6df91fe8806',
    },
    {
      message:
        'f0fbce386deb3297bd50cf5ff3d8200f5bdcea78ebfb14024e9c11a651968798' +
        'a00e4d3b352e9d11979549b9eef5dc951592f594488451e6cd86fdc4bce76a53',
      userPartial: 'd8695932dd9c259ff6560eac1c2869029a673e2110ba79ab28ed3785260f1087',
      serverPartial: '68e0d370426ee4f4a4a4f12ecb3080e06402eac44e1ea88d571d98c9f400ec0b',
      combined: '688e1a5b400e072237f1a642e214efda824e0ac057c363f2604bea631bf54f08',
    },
  ],
} as const;

export const MUST_BE_REFUSED = {
  zero: '00'.repeat(32),
  groupOrder: '0d000000000000a11000000000809fff07000000804d34ba0100004082642325',
  identityOfG2: '00'.repeat(64),
  /** x = 2 is on the twist, but its points are not of order r. */
  outsideSubgroup: `02${'00'.repeat(62)}80`,
  /** x = 1 has no y on either curve. */
  offTheTwist: `01${'00'.repeat(63)}`,
  offTheCurve: `01${'00'.repeat(31)}`,
} as const;
