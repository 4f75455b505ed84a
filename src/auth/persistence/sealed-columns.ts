/** Where ZAuth keeps what it has sealed. The row of a sealed place is the table's `id`. */
export const AUTH_SEALED_COLUMNS = [
  {
    table: 'auth_server_shares',
    column: 'sealed_server_share',
    version: 1,
    // As `nameOfWallet` has it.
    wallet: `owner_id || ' ' || client_id`,
    owner: `''`,
    recipient: `''`,
    erased: 'once dead',
    holds: 'server shares',
  },
] as const;
