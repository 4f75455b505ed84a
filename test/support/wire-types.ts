/** The wire's shapes as a client sees them (wire.md section 4), written down apart from the server's own. */
export interface WireWallet {
  readonly client_id: string;
  readonly client_key: string;
  readonly peer_public_key: string;
  readonly keys: readonly unknown[];
  readonly mnemonics: string;
  readonly version: string;
  readonly date_created: string;
  readonly nonce: number;
  readonly is_split: boolean;
}

export interface WireSplitKey {
  readonly user_id: string;
  readonly client_id: string;
  readonly client_key: string;
  readonly private_key: string;
  readonly public_key: string;
  readonly peer_public_key: string;
  readonly mnemonics: string;
  readonly shared_to: string;
  readonly is_revoked: boolean;
  readonly created_at: number;
  readonly expires_at: number;
}
