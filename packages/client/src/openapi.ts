// Generated from docs/openapi.json: npm run openapi

export interface paths {
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what the record says of a wallet of yours, or of a split key that is lent to you */
        get: operations["read-record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the newest signed checkpoint of the record
         * @description A C2SP signed note: the name of the log, how many entries it has, and the root of their tree (RFC 6962), signed by the log and cosigned with the time. Whoever keeps it can show later that the record was changed.
         */
        get: operations["read-checkpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the keys that verify what the record signs
         * @description Keep them before you need them: who would forge a checkpoint would forge this answer as well.
         */
        get: operations["read-log-keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/{entry}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the proof that an entry is in the log of the record
         * @description Needs no token: the id, which nobody can guess, is given with the answer that the entry is of. The proof is a file of C2SP’s tlog-proof: the place of the entry, the hashes that lead from it to the root of the newest checkpoint, and that checkpoint. Whoever keeps it with the entry can show, without asking anybody, that it was recorded.
         */
        get: operations["read-entry-proof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delete/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete a master key and all its split keys
         * @description All split keys end at once and for good. The master key is destroyed after DELETION_GRACE_DAYS; until then POST /undelete brings the wallet back. Afterwards, without the 24 words or the private key, it is lost.
         */
        post: operations["delete-wallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/freeze/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop all split keys of a wallet of yours
         * @description When this has answered, nothing is signed with any of them, nor with what is made, set up or lent later, until the wallet is thawed. Lists show it; revoking, restricting and deleting go on. Freezing it again is fine.
         */
        post: operations["freeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["health-live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether it can sign and record
         * @description Looks at every part that signing needs. The database is written to, in a way that changes nothing, at most every five seconds however often this is asked.
         */
        get: operations["health-ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read when a split key of yours last signed */
        get: operations["read-key"];
        put?: never;
        /**
         * Generate a new split key from a wallet's master key
         * @description The answer holds the user share, with which the client signs. The server share is kept by ZAuth and shown to nobody.
         *
         *     A list of restrictions set here allows messages only with the group `message_signing`, and whoever may have messages signed may have any transaction signed: a 32-byte hash does not say what it is of. For messages of any other length, such as the MD5 of an upload, `data_signing` is enough.
         */
        post: operations["split-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the split keys of a wallet of yours, with their user shares */
        get: operations["list-keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics in Prometheus text format */
        get: operations["read-metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy/evaluate/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what would be decided about a transaction or a message, without signing
         * @description For the owner of a split key, and for the one to whom it is lent, without a partial signature. The answer is 200, also when it is no, and that of a dry run. The owner may ask by another policy than the one in force, before writing it. Nothing is signed, counted or recorded.
         */
        post: operations["evaluate-policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy/simulate/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what another policy would have made of the last signatures of a split key of yours
         * @description Judges the last decisions on record, approved or refused, as though the proposed policy alone had been in force over them, its limits unused at the first. Answers those that would have been decided otherwise. What was refused for another reason than its policy stays refused. Nothing is written, and there is no entry in the record.
         */
        post: operations["simulate-policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List complete policies for common uses, to begin with */
        get: operations["read-templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a split key may sign, what of it is used, and what it can still do at most
         * @description For its owner, and for the one to whom it is lent, who is told neither note nor author. The `ETag` names the revision, for PUT.
         */
        get: operations["read-policy"];
        /**
         * Follow the policy of a split key of yours by another one
         * @description Holds for the next signature, in both halves. The answer is that of GET, and says in words what the new policy raises above the one before it. All revisions are kept. A policy that cannot be read is mended by this; its revision is the first of GET /policy/{client_id}/revisions.
         */
        put: operations["replace-policy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy/{client_id}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List every policy that a split key of yours has had */
        get: operations["list-revisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/restrictions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a split key of yours may sign
         * @description `["*"]` for a split key without a list.
         */
        get: operations["read-restrictions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/restrictions/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the operation groups that restrictions are made of */
        get: operations["read-catalogue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/restrictions/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace what a split key may sign
         * @description Holds for the next signature. A split key with a list signs messages only with the group `message_signing`, and whoever may have messages signed may have any transaction signed: a 32-byte hash does not say what it is of. For messages of any other length, such as the MD5 of an upload, `data_signing` is enough.
         */
        put: operations["restrict-key"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/revoke/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a split key
         * @description When this has answered, no signature is made with the split key any more. Revoking it again is fine. The key may come as JSON, as a form or in the query.
         */
        post: operations["revoke-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Share a split key of yours with one other user
         * @description The recipient finds it in GET /wallets/shared and signs with it. Sharing again with the same user is fine. With another it is refused, since the first one may have kept the user share: make another split key, revoke this one, or say `replace`.
         */
        post: operations["share-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/share/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline a split key that somebody has shared with you
         * @description It leaves your list for good, and its owner cannot share it with you again. With `all_of_owner` that holds for everything of theirs.
         */
        post: operations["decline-share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign/msg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the second signature over a message, combined with yours
         * @description Needs no token: the partial signature is the authentication. A message has from 1 to 1,024 bytes, mostly the 32 of a hash. A split key with a list of restrictions signs messages only with the group `message_signing`. **Whoever may have messages signed may have any transaction signed**, since a 32-byte hash does not say what it is of. Every other length is no transaction’s hash, and `data_signing` is enough for it. Lists set through the SDK dialect silently hold both groups unless the service runs with `SDK_RESTRICTED_MESSAGES=deny`. A text in `message` whose SHA3-256 is `hash` shows what is signed.
         */
        post: operations["sign-message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign/txn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the second signature over a transaction, combined with yours
         * @description Needs no token: the partial signature is the authentication. The answer is a JSON string.
         */
        post: operations["sign-transaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/store": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store the private key of a wallet made elsewhere
         * @description The private key, the words alone, or a `wallet.json` of the command-line tools as it is. The client key and client id are derived; those that come along must be the same. A wallet file and the words alone are checked, and what contradicts itself is refused. Storing your own key again is fine.
         */
        post: operations["store-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/thaw/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let the split keys of a frozen wallet sign again
         * @description Each signs what its own terms allow. Of a wallet that is not frozen it changes nothing.
         */
        post: operations["thaw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/undelete/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a deleted wallet back
         * @description As long as GET /wallets/deleted shows it. Its split keys are gone for good: make others. Of a wallet that is not deleted it changes nothing.
         */
        post: operations["undelete-wallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate a new wallet
         * @description Makes a master key, keeps it sealed, and shows its 24 words this once: write them down.
         */
        post: operations["create-wallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your wallets */
        get: operations["list-wallets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallets/deleted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your deleted wallets that can still be brought back */
        get: operations["list-deleted"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallets/shared": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the split keys that others have shared with you */
        get: operations["list-shared"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/zauth/delete/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete the server shares of a wallet at ZAuth */
        post: operations["delete-shares"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/zauth/restrictions/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace what a split key may sign, at ZAuth */
        put: operations["restrict-share"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/zauth/revoke/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke a split key at ZAuth */
        post: operations["revoke-share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/zauth/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand over the server share of a split key that was made elsewhere
         * @description Repeated for a record of one’s own, it changes what it names and leaves what it does not name.
         */
        post: operations["set-up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/zvault/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Legacy: generate a wallet with one split key */
        post: operations["generate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/zvault/generate/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Legacy: as POST /zvault/key/:client_id */
        post: operations["generate-split-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        CatalogueFunction: {
            /** @description the contract's short name; `none` for a plain transfer */
            contract: string;
            /** @description the contract's address on the chain; empty for a plain transfer */
            address: string;
            name: string;
        };
        CatalogueGroup: {
            /** @example token_transfers */
            group: string;
            /** @description one line on what a split key with this group may sign */
            summary: string;
            functions: components["schemas"]["CatalogueFunction"][];
        };
        DeclineShareBody: {
            /**
             * @description of the split key, 64 hexadecimal characters
             * @example 8d83c949eadab6a9b71597e4e7643060a1f107da808f7269f15e423bfed5e4d5
             */
            client_id: string;
            /**
             * @description true: everything of its owner’s, also what they will ever share; absent or false: this split key
             * @example false
             */
            all_of_owner?: boolean | null;
        };
        DeletedWalletAnswer: {
            client_id: string;
            client_key: string;
            /** @description seconds since 1970 */
            created_at: number;
            /** @description when its master key is destroyed, in seconds since 1970 */
            deletes_at: number;
        };
        EntryAnswer: {
            /** @description of the entry, for whoever may ask for it: 32 characters */
            id: string;
            /** @description its text, byte for byte as it is hashed: one JSON object in canonical form (RFC 8785). Its leaf of the tree is the SHA-256 of a zero byte and this text in UTF-8 */
            entry: string;
        };
        EvaluateMessageBody: {
            /**
             * @description for the owner: judge by this policy in place of the one in force, whose end it keeps if it says none
             * @example {
             *       "operations": [
             *         "transfer"
             *       ],
             *       "recipients": [
             *         "2bff5112812e079f37f278f7436eceb08c7e3e3eae68076b6b6f396c7e5d641f"
             *       ],
             *       "max_value": "20000000000",
             *       "limits": [
             *         {
             *           "kind": "rolling",
             *           "window_seconds": 86400,
             *           "max_value": "50000000000"
             *         }
             *       ],
             *       "messages": "none"
             *     }
             */
            policy?: components["schemas"]["PolicyDocument"] | null;
            /**
             * @description what would be signed, as POST `/sign/msg` takes it; may be left out where the text is there
             * @example b107e9913a0aff75bb38ca6e1621190c1fa2c5b585baa371d3cbb5eb09880b54
             */
            hash?: string | null;
            /**
             * @description its text
             * @example combined-split-vector
             */
            message?: string | null;
        };
        EvaluateTransactionBody: {
            /**
             * @description for the owner: judge by this policy in place of the one in force, whose end it keeps if it says none
             * @example {
             *       "operations": [
             *         "transfer"
             *       ],
             *       "recipients": [
             *         "2bff5112812e079f37f278f7436eceb08c7e3e3eae68076b6b6f396c7e5d641f"
             *       ],
             *       "max_value": "20000000000",
             *       "limits": [
             *         {
             *           "kind": "rolling",
             *           "window_seconds": 86400,
             *           "max_value": "50000000000"
             *         }
             *       ],
             *       "messages": "none"
             *     }
             */
            policy?: components["schemas"]["PolicyDocument"] | null;
            /**
             * @description as POST `/sign/txn` takes it; `hash` and `signature` may be left out
             * @example {
             *       "version": "1.0",
             *       "client_id": "8d83c949eadab6a9b71597e4e7643060a1f107da808f7269f15e423bfed5e4d5",
             *       "public_key": "f72fd53ee85e84157d3106053754594f697e0bfca1f73f91a41f7bb0797d901acefd80fcc2da98aae690af0ee9c795d6590c1808f26490306433b4e9c42f7b1f",
             *       "to_client_id": "2bff5112812e079f37f278f7436eceb08c7e3e3eae68076b6b6f396c7e5d641f",
             *       "chain_id": "0afc093ffb509f059c55478bc1a60351cef7b4e9c008a53a6cc8241ca8617dfe",
             *       "transaction_data": "{\"name\":\"transfer\",\"input\":{\"note\":\"example\"}}",
             *       "transaction_value": 10000000000,
             *       "creation_date": 1704676947,
             *       "transaction_type": 0,
             *       "transaction_fee": 100000,
             *       "transaction_nonce": 1
             *     }
             */
            transaction: {
                [key: string]: unknown;
            };
        };
        EvaluationAnswer: {
            /** @description whether every rule holds */
            allowed: boolean;
            /** @description of the policy; null of one that is not in force */
            revision: number | null;
            /** @description every rule that there is, in a fixed order */
            rules: components["schemas"]["RuleAnswer"][];
            /** @description the limits of the policy with what is used and left of them, in its order */
            limits: components["schemas"]["LimitUseDocument"][];
            /** @description the most that the split key can still do, whatever is asked for */
            exposure: components["schemas"]["ExposureDocument"];
            /** @description of a proposed policy: what it raises above the one in force, a sentence each; empty when nothing */
            raises?: string[];
            /** @description in one line: every rule holds, or the first that does not and how many others */
            message: string;
        };
        ExposureDocument: {
            /** @description SAS that it can move in the next 24 hours */
            tokens_today: string | null;
            /** @description in the next 30 times 24 hours */
            tokens_30_days: string | null;
            tokens_until_end: string | null;
            /** @description seconds since 1970; null = never */
            ends_at: number | null;
            /** @description to how many it can send tokens; null = to any */
            addresses: number | null;
            /** @description which calls it can make; null = every one */
            calls: string[] | null;
            /** @description if so, it can do everything */
            messages_can_be_transactions: boolean;
            /** @description the same in one line of text */
            summary: string;
        };
        FreezeAnswer: {
            /** @example 48f28b641e4e14764c7d3906b4743e8ef8c281259138e338298fbb7eca9d0b5b */
            client_id: string;
            /** @description whether all split keys of the wallet are stopped */
            frozen: boolean;
            /** @description since when, in seconds since 1970; absent when it is not frozen */
            frozen_at?: number;
        };
        HoursDocument: {
            /**
             * @example [
             *       "mon",
             *       "tue"
             *     ]
             */
            days: string[];
            /** @example 09:00 */
            from: string;
            /**
             * @description excluded; before `from`: over midnight
             * @example 17:00
             */
            to: string;
            /**
             * @description a name of the IANA's database
             * @example Europe/Berlin
             */
            time_zone: string;
        };
        JudgedAnewAnswer: {
            /** @description when it was decided, in seconds since 1970 */
            at: number;
            /** @enum {string} */
            kind: "transaction" | "message";
            /** @description what was to be signed */
            hash: string;
            /** @description null of messages, and of what is no operation for certain */
            operation: string | null;
            /** @description SAS; null where there is none, or it is not known */
            value: string | null;
            to_client_id: string | null;
            /** @description the rule that refuses: the proposed one, or the one that did; null where the record does not say */
            rule: string | null;
            /** @description why, in one word of a fixed set */
            reason: string | null;
        };
        KeyAnswer: {
            /**
             * @description when it last signed, in seconds since 1970; 0 = not yet
             * @example 0
             */
            last_used: number;
        };
        KeyPairForm: {
            /** @example be63f802120e6b164d8df7f2941cc9ed81046e93337862cbdab17fe87a763e0d04846a09491f6dda642289f7651e0df1eda63e3272b2df27dadda31bc1463f91 */
            public_key: string;
            /** @example 04e57640c99339b7ca75e880722788d5d18d5127b37deabcab0ad39e40b84b1e */
            private_key: string;
        };
        KeysAnswer: {
            /** @description oldest first; revoked ones stay, with is_revoked true */
            keys: components["schemas"]["ListedSplitKeyAnswer"][];
        };
        LimitDocument: {
            /** @enum {string} */
            kind: "rolling" | "period" | "total";
            /** @description of `rolling`: 1 to 31,536,000 */
            window_seconds?: number;
            /** @description of `period`: 1 to 31,536,000 */
            period_seconds?: number;
            /** @description of `period`: when one of them begins, in seconds since 1970 */
            anchor?: number;
            /** @description SAS */
            max_value?: string;
            /** @description a number of signatures */
            max_count?: number;
            /**
             * @description what it counts; transactions if absent
             * @enum {string}
             */
            of?: "transactions" | "messages" | "all";
            /** @description counts transactions of these operations alone */
            operations?: string[];
        };
        LimitUseDocument: {
            /** @enum {string} */
            kind: "rolling" | "period" | "total";
            /** @description of `rolling`: 1 to 31,536,000 */
            window_seconds?: number;
            /** @description of `period`: 1 to 31,536,000 */
            period_seconds?: number;
            /** @description of `period`: when one of them begins, in seconds since 1970 */
            anchor?: number;
            /** @description SAS; null where there is no such maximum */
            max_value?: string | null;
            /** @description a number of signatures */
            max_count?: number | null;
            /**
             * @description what it counts; transactions if absent
             * @enum {string}
             */
            of?: "transactions" | "messages" | "all";
            /** @description counts transactions of these operations alone */
            operations?: string[];
            /** @description in the window that ends now */
            used_value: string;
            left_value: string | null;
            used_count: number;
            left_count: number | null;
            /** @description when more will be free, in seconds since 1970; null when never, or when nothing is used */
            next_free_at: number | null;
        };
        ListedSplitKeyAnswer: {
            /** @description the owner */
            user_id: string;
            client_id: string;
            client_key: string;
            /** @description the user share, 64 hexadecimal characters; empty for a wallet's own entry and for a split key that is revoked or has expired */
            private_key: string;
            /** @description the user share's public key; the client key for a wallet's own entry */
            public_key: string;
            /** @description the server share's public key; empty for a wallet's own entry */
            peer_public_key: string;
            /** @description always empty */
            mnemonics: string;
            /** @description the one user it is lent to, or empty */
            shared_to: string;
            is_revoked: boolean;
            /** @description seconds since 1970 */
            created_at: number;
            /** @description seconds since 1970; 0 = never */
            expires_at: number;
            /** @description whether the wallet is frozen: nothing is signed with any of its split keys */
            frozen: boolean;
            /** @description since when, in seconds since 1970; absent when it is not frozen */
            frozen_at?: number;
            /** @description when it was shared, in seconds since 1970; absent when it is not shared */
            shared_at?: number;
            /** @description when its recipient declined it; absent when they have not */
            declined_at?: number;
        };
        ListedWalletAnswer: {
            /** @description the owner */
            user_id: string;
            client_id: string;
            client_key: string;
            /** @description the user share, 64 hexadecimal characters; empty for a wallet's own entry and for a split key that is revoked or has expired */
            private_key: string;
            /** @description the user share's public key; the client key for a wallet's own entry */
            public_key: string;
            /** @description the server share's public key; empty for a wallet's own entry */
            peer_public_key: string;
            /** @description always empty */
            mnemonics: string;
            /** @description the one user it is lent to, or empty */
            shared_to: string;
            is_revoked: boolean;
            /** @description seconds since 1970 */
            created_at: number;
            /** @description seconds since 1970; 0 = never */
            expires_at: number;
            /** @description whether the wallet is frozen: nothing is signed with any of its split keys */
            frozen: boolean;
            /** @description since when, in seconds since 1970; absent when it is not frozen */
            frozen_at?: number;
        };
        LiveAnswer: {
            /** @example live */
            status: string;
        };
        LogKeysAnswer: {
            /**
             * @description the name of the log, as its checkpoints bear it
             * @example kms.example.org/audit
             */
            origin: string;
            /** @description verifies checkpoints: a verifier key of C2SP signed notes, of Ed25519 */
            checkpoints: string;
            /** @description verifies the times in checkpoints: of cosignature/v1 */
            times: string;
            /** @description verifies promises of entries: of Ed25519 */
            promises: string;
        };
        MadeSplitKeyAnswer: {
            /** @description the owner */
            user_id: string;
            client_id: string;
            client_key: string;
            /** @description the user share, 64 hexadecimal characters; empty for a wallet's own entry and for a split key that is revoked or has expired */
            private_key: string;
            /** @description the user share's public key; the client key for a wallet's own entry */
            public_key: string;
            /** @description the server share's public key; empty for a wallet's own entry */
            peer_public_key: string;
            /** @description always empty */
            mnemonics: string;
            /** @description the one user it is lent to, or empty */
            shared_to: string;
            is_revoked: boolean;
            /** @description seconds since 1970 */
            created_at: number;
            /** @description seconds since 1970; 0 = never */
            expires_at: number;
            /** @description of its policy: 1. This and the next three only if a policy was given */
            revision?: number;
            policy?: components["schemas"]["PolicyDocument"];
            /** @description SHA-256 of the canonical policy, 64 hexadecimal digits */
            hash?: string;
            /** @description the most that it can do */
            exposure?: components["schemas"]["ExposureDocument"];
        };
        PolicyAnswer: {
            /**
             * @description 1, 2, 3 … of the split key; the `ETag` in quotes
             * @example 1
             */
            revision: number;
            /**
             * @example {
             *       "operations": [
             *         "transfer"
             *       ],
             *       "recipients": [
             *         "2bff5112812e079f37f278f7436eceb08c7e3e3eae68076b6b6f396c7e5d641f"
             *       ],
             *       "max_value": "20000000000",
             *       "limits": [
             *         {
             *           "kind": "rolling",
             *           "window_seconds": 86400,
             *           "max_value": "50000000000"
             *         }
             *       ],
             *       "messages": "none"
             *     }
             */
            policy: components["schemas"]["PolicyDocument"];
            /** @description SHA-256 of the canonical policy, 64 hexadecimal digits */
            hash: string;
            /** @description why; null if nothing was said. Not for recipients */
            note?: string | null;
            /** @description when it came into force, in seconds since 1970 */
            created_at: number;
            /** @description the user who wrote it. Not for recipients */
            created_by?: string;
            /** @description its limits with what is used of them, in its order */
            limits: components["schemas"]["LimitUseDocument"][];
            /** @description the most that the split key can still do */
            exposure: components["schemas"]["ExposureDocument"];
        };
        PolicyDocument: {
            /**
             * @description groups, `contract:function`, `transfer`, `data`; only these. Absent: everything. []: nothing
             * @example [
             *       "transfer"
             *     ]
             */
            operations?: string[];
            /**
             * @description client ids, at most 1,000: whatever goes to no known contract must go to one of these
             * @example [
             *       "2bff5112812e079f37f278f7436eceb08c7e3e3eae68076b6b6f396c7e5d641f"
             *     ]
             */
            recipients?: string[];
            /**
             * @description SAS, of one transaction
             * @example 20000000000
             */
            max_value?: string;
            /**
             * @description at most 8
             * @example [
             *       {
             *         "kind": "rolling",
             *         "window_seconds": 86400,
             *         "max_value": "50000000000"
             *       }
             *     ]
             */
            limits?: components["schemas"]["LimitDocument"][];
            /** @description signs from then on, in seconds since 1970; 0 = none */
            not_before?: number;
            /** @description signs until before then, in seconds since 1970; 0 = none */
            expires_at?: number;
            /** @description signs while one of them holds; at most 20 */
            hours?: components["schemas"]["HoursDocument"][];
            /** @description 1 to 86,400: a creation date must be as near to now */
            creation_window_seconds?: number;
            /**
             * @example none
             * @enum {string}
             */
            messages?: "any" | "typed" | "none";
        };
        PrivateKeyForm: {
            /**
             * @description the secret key, 32 bytes little-endian as 64 hexadecimal characters
             * @example 04e57640c99339b7ca75e880722788d5d18d5127b37deabcab0ad39e40b84b1e
             */
            private_key: string;
            /**
             * @description the words the key grew from; kept, not checked
             * @example
             */
            mnemonic?: string;
            /**
             * @description the public key as you know it, 128 hexadecimal characters; refused unless it is the private key’s
             * @example be63f802120e6b164d8df7f2941cc9ed81046e93337862cbdab17fe87a763e0d04846a09491f6dda642289f7651e0df1eda63e3272b2df27dadda31bc1463f91
             */
            public_key?: string;
        };
        Problem: {
            /** @example urn:split-key-kms:error:SPLIT_KEY.UNKNOWN */
            type: string;
            /** @description the same for every error with this code */
            title: string;
            /** @example 400 */
            status: number;
            /** @description what is wrong with this request */
            detail: string;
            /**
             * @description stable; what programs should look at
             * @example SPLIT_KEY.UNKNOWN
             */
            code: string;
            /** @description the field, header or parameter at fault */
            field?: string;
            /**
             * @description where a rule says no: why, as a stable word
             * @example outside-restrictions
             */
            reason?: string;
            /**
             * @description the first rule that says no; the detail says how many others do
             * @example operations
             */
            rule?: string;
            /**
             * @description where nothing but a limit that frees itself says no: in how many seconds it would say yes; also in the Retry-After header
             * @example 3600
             */
            retry_after_seconds?: number;
            /** @description also in the X-Request-Id header, the log and the audit record */
            request_id: string;
        };
        ReadyAnswer: {
            /**
             * @example ready
             * @enum {string}
             */
            status: "ready" | "not ready";
            /**
             * @description every check by its name: the service is ready when all of them are
             * @example {
             *       "engine": "ready",
             *       "database": "ready",
             *       "database_file": "ready",
             *       "disk_space": "ready",
             *       "clock": "ready",
             *       "record": "ready",
             *       "seal": "ready",
             *       "signing_workers": "ready"
             *     }
             */
            checks: {
                [key: string]: "ready" | "not ready";
            };
            /**
             * @description for each check that is not ready, why: for humans, not to be compared
             * @example {
             *       "disk_space": "less than 64 MiB are free on the disk"
             *     }
             */
            reasons?: {
                [key: string]: string;
            };
            /**
             * @description what leaves the service ready and should be mended: settings that weaken it, and how its record is kept. For humans
             * @example [
             *       "checkpoints: entries have waited for one for longer than 30 seconds"
             *     ]
             */
            warnings?: string[];
        };
        RecordAnswer: {
            /** @description the newest first */
            entries: components["schemas"]["EntryAnswer"][];
        };
        ReplacePolicyBody: {
            /**
             * @description the whole policy; without `expires_at` the present end is kept, and 0 takes it away
             * @example {
             *       "operations": [
             *         "transfer"
             *       ],
             *       "recipients": [
             *         "2bff5112812e079f37f278f7436eceb08c7e3e3eae68076b6b6f396c7e5d641f"
             *       ],
             *       "max_value": "20000000000",
             *       "limits": [
             *         {
             *           "kind": "rolling",
             *           "window_seconds": 86400,
             *           "max_value": "50000000000"
             *         }
             *       ],
             *       "messages": "none"
             *     }
             */
            policy: components["schemas"]["PolicyDocument"];
            /**
             * @description why, for those who read the revisions: at most 1,000 characters
             * @example a spending card
             */
            note?: string | null;
        };
        ReplacedPolicyAnswer: {
            /**
             * @description 1, 2, 3 … of the split key; the `ETag` in quotes
             * @example 1
             */
            revision: number;
            /**
             * @example {
             *       "operations": [
             *         "transfer"
             *       ],
             *       "recipients": [
             *         "2bff5112812e079f37f278f7436eceb08c7e3e3eae68076b6b6f396c7e5d641f"
             *       ],
             *       "max_value": "20000000000",
             *       "limits": [
             *         {
             *           "kind": "rolling",
             *           "window_seconds": 86400,
             *           "max_value": "50000000000"
             *         }
             *       ],
             *       "messages": "none"
             *     }
             */
            policy: components["schemas"]["PolicyDocument"];
            /** @description SHA-256 of the canonical policy, 64 hexadecimal digits */
            hash: string;
            /** @description why; null if nothing was said. Not for recipients */
            note?: string | null;
            /** @description when it came into force, in seconds since 1970 */
            created_at: number;
            /** @description the user who wrote it. Not for recipients */
            created_by?: string;
            /** @description its limits with what is used of them, in its order */
            limits: components["schemas"]["LimitUseDocument"][];
            /** @description the most that the split key can still do */
            exposure: components["schemas"]["ExposureDocument"];
            /** @description what it raises above the policy before it, a sentence each; empty when nothing */
            raises: string[];
        };
        RestrictionsBody: {
            /**
             * @description the operation groups it may sign for; []: none; ["*"]: takes the list away
             * @example [
             *       "token_transfers"
             *     ]
             */
            restrictions: string[];
        };
        RevisionAnswer: {
            /** @example 1 */
            revision: number;
            /** @description null when it cannot be read */
            policy: components["schemas"]["PolicyDocument"] | null;
            /** @description null when it cannot be read */
            hash: string | null;
            note: string | null;
            /** @description in seconds since 1970 */
            created_at: number;
            /** @description the user who wrote it */
            created_by: string;
        };
        RevokeKeyBody: {
            /**
             * @description the split key's user public key, 128 hexadecimal characters
             * @example paste public_key from GET /keys/{client_id}
             */
            public_key: string;
        };
        RevokeShareBody: {
            /**
             * @description the split key's user public key
             * @example 574ad8275d17b5f8f1b1557214342c8607cd5a267f3a5879133c694e2475a9129765a96e1564cef1c11328883b36222d57ecc8113d4d6d71096684d13de12d91
             */
            peer_public_key: string;
        };
        RuleAnswer: {
            /** @description the member of the policy; `standing`, `hash` and `creation_date` are of every key */
            rule: string;
            holds: boolean;
            /** @description what it allows, for people */
            allows: string;
            /** @description what was asked for, as far as it concerns the rule, for people */
            asked: string;
        };
        SetUpBody: {
            /**
             * @description ignored: the owner is the token's user
             * @example
             */
            user_id?: string;
            /**
             * @description sha3-256 of the client key
             * @example 8d83c949eadab6a9b71597e4e7643060a1f107da808f7269f15e423bfed5e4d5
             */
            client_id: string;
            /**
             * @description the wallet's public key
             * @example f72fd53ee85e84157d3106053754594f697e0bfca1f73f91a41f7bb0797d901acefd80fcc2da98aae690af0ee9c795d6590c1808f26490306433b4e9c42f7b1f
             */
            client_key: string;
            /**
             * @description kept as one more name of the split key in GET /key; clients put various keys here
             * @example 8be97d7c4b59717f1d74861f6ee89a9ef0e6e45af825bf405a364d3ab58075085212063690d0d61c49f8e956f1e61b1a80d62508d13d9b91f0c889f9dae35a94
             */
            public_key?: string | null;
            /**
             * @description the server share's secret key
             * @example 704b6f489583bf1118432fcfb38e63fc2d4b61e524fb196cbd95413f8eb91c12
             */
            private_key: string;
            /**
             * @description the user share's public key
             * @example 574ad8275d17b5f8f1b1557214342c8607cd5a267f3a5879133c694e2475a9129765a96e1564cef1c11328883b36222d57ecc8113d4d6d71096684d13de12d91
             */
            peer_public_key: string;
            /**
             * @description the operation groups it may sign for; null or []: no transaction; ["*"]: no list; absent: no list the first time, later as it was
             * @example [
             *       "token_transfers"
             *     ]
             */
            restrictions?: string[] | null;
            /**
             * @description seconds since 1970, at most 100 years ahead; 0 = never; absent or null: never the first time, later as it was
             * @example 0
             */
            expired_at?: number | null;
        };
        ShareKeyBody: {
            /**
             * @description the split key's user public key, 128 hexadecimal characters
             * @example paste public_key from GET /keys/{client_id}
             */
            public_key: string;
            /**
             * @description the recipient's user id, as in their token
             * @example bob
             */
            target_user_id: string;
            /**
             * @description true: the recipient is replaced if there is another, who may have kept the user share; absent or false: that is refused. In the SDK dialect always as if true
             * @example false
             */
            replace?: boolean | null;
        };
        SignMessageAnswer: {
            /**
             * @description the combined signature, 64 hexadecimal characters
             * @example 4d9f3eb1d4a3d0ca6191423dec97b75b3167bd519dd1f4743269f15328e5901d
             */
            sig: string;
        };
        SignMessageBody: {
            /**
             * @description what to sign: a hash of 32 bytes, or any other whole number of bytes from 1 to 1,024, two hexadecimal characters each
             * @example b107e9913a0aff75bb38ca6e1621190c1fa2c5b585baa371d3cbb5eb09880b54
             */
            hash: string;
            /**
             * @description the text that `hash` is the SHA3-256 of, up to 8,192 bytes in UTF-8. Only split keys that may sign typed messages alone ask for it; they sign no text that reads as a transaction
             * @example combined-split-vector
             */
            message?: string | null;
            /**
             * @description the user's partial signature over it
             * @example cc32558aa283f9422abc2f36ec65e39a3ee17d80fce30f39936f63455a21bd1d
             */
            signature: string;
            /** @example 8d83c949eadab6a9b71597e4e7643060a1f107da808f7269f15e423bfed5e4d5 */
            client_id: string;
        };
        SimulatePolicyBody: {
            /**
             * @description the policy that is proposed; without `expires_at` it keeps the end of the split key
             * @example {
             *       "operations": [
             *         "transfer"
             *       ],
             *       "recipients": [
             *         "2bff5112812e079f37f278f7436eceb08c7e3e3eae68076b6b6f396c7e5d641f"
             *       ],
             *       "max_value": "20000000000",
             *       "limits": [
             *         {
             *           "kind": "rolling",
             *           "window_seconds": 86400,
             *           "max_value": "50000000000"
             *         }
             *       ],
             *       "messages": "none"
             *     }
             */
            policy: components["schemas"]["PolicyDocument"];
            /**
             * @description how many decisions on record to judge, the newest; 100 if absent
             * @example 100
             */
            last?: number | null;
        };
        SimulationAnswer: {
            /**
             * @description how many decisions were judged
             * @example 1
             */
            judged: number;
            /**
             * @description of how many the record does not say what was asked
             * @example 0
             */
            unknown: number;
            /**
             * @description the oldest first
             * @example []
             */
            newly_allowed: components["schemas"]["JudgedAnewAnswer"][];
            /**
             * @description the oldest first
             * @example []
             */
            newly_refused: components["schemas"]["JudgedAnewAnswer"][];
        };
        SplitKeyAnswer: {
            /** @description the owner */
            user_id: string;
            client_id: string;
            client_key: string;
            /** @description the user share, 64 hexadecimal characters; empty for a wallet's own entry and for a split key that is revoked or has expired */
            private_key: string;
            /** @description the user share's public key; the client key for a wallet's own entry */
            public_key: string;
            /** @description the server share's public key; empty for a wallet's own entry */
            peer_public_key: string;
            /** @description always empty */
            mnemonics: string;
            /** @description the one user it is lent to, or empty */
            shared_to: string;
            is_revoked: boolean;
            /** @description seconds since 1970 */
            created_at: number;
            /** @description seconds since 1970; 0 = never */
            expires_at: number;
        };
        SplitKeyBody: {
            /**
             * @description all of what it may sign; beside it `restrictions` and `expires_at` must say the same. In both dialects, since a key for which it was passed over could do everything
             * @example {
             *       "operations": [
             *         "token_transfers"
             *       ],
             *       "max_value": "20000000000",
             *       "expires_at": 0
             *     }
             */
            policy?: components["schemas"]["PolicyDocument"] | null;
            /**
             * @description the operation groups it may sign for; absent or null: no list, every transaction; []: none
             * @example [
             *       "token_transfers"
             *     ]
             */
            restrictions?: string[] | null;
            /**
             * @description seconds since 1970, at most 100 years ahead; 0 = never; absent: as KEY_TTL_SECONDS says
             * @example 0
             */
            expires_at?: number | null;
        };
        SuccessAnswer: {
            /** @example success */
            result: string;
        };
        TemplateAnswer: {
            /** @example spending_card */
            name: string;
            /** @description one sentence for whoever chooses */
            summary: string;
            /** @description the members to replace by your own; as they stand they are safe and of no use */
            replace: string[];
            /** @description complete, as it can be sent */
            policy: components["schemas"]["PolicyDocument"];
        };
        TransactionBody: {
            /**
             * @description the hash of the transaction, recomputed by the server
             * @example 81dcfc9012ccf70a5b2c27992db9b1a9c15ae89deb763a2774ea8fc17e57d312
             */
            hash: string;
            /** @example 1.0 */
            version?: string | null;
            /** @example 8d83c949eadab6a9b71597e4e7643060a1f107da808f7269f15e423bfed5e4d5 */
            client_id: string;
            /** @example f72fd53ee85e84157d3106053754594f697e0bfca1f73f91a41f7bb0797d901acefd80fcc2da98aae690af0ee9c795d6590c1808f26490306433b4e9c42f7b1f */
            public_key?: string | null;
            /** @example 2bff5112812e079f37f278f7436eceb08c7e3e3eae68076b6b6f396c7e5d641f */
            to_client_id?: string | null;
            /**
             * @description not signed
             * @example 0afc093ffb509f059c55478bc1a60351cef7b4e9c008a53a6cc8241ca8617dfe
             */
            chain_id?: string | null;
            /**
             * @description signed as this very string
             * @example {"name":"transfer","input":{"note":"example"}}
             */
            transaction_data: string;
            /**
             * Format: int64
             * @description uint64, in SAS
             * @example 10000000000
             */
            transaction_value: number;
            /**
             * @description the user's partial signature over the hash
             * @example a33897c8fed6bb04e18f514b55132186d3b56a3ea0570251abb18a27e7cb1d01
             */
            signature: string;
            /**
             * @description seconds since 1970; 0 when absent or null
             * @example 1704676947
             */
            creation_date?: number | null;
            /**
             * @description 0 transfer, 10 data, 1000 smart contract; not signed
             * @example 0
             */
            transaction_type: number;
            /**
             * @description uint64, in SAS; 0 when absent or null; not signed
             * @example 100000
             */
            transaction_fee?: number | null;
            /** @example 1 */
            transaction_nonce: number;
        };
        WalletAnswer: {
            /** @description sha3-256 of the client key, 64 hexadecimal characters */
            client_id: string;
            /** @description the wallet's public key, 128 hexadecimal characters */
            client_key: string;
            /** @description always empty: the wallet itself has no peer */
            peer_public_key: string;
            /** @description always empty: the master key never leaves */
            keys: Record<string, never>[];
            /** @description 24 words, shown once when the wallet is created; empty in every other answer */
            mnemonics: string;
            /** @example 1.0 */
            version: string;
            /** Format: date-time */
            date_created: string;
            /** @example 0 */
            nonce: number;
            /** @example false */
            is_split: boolean;
        };
        WalletFileForm: {
            /** @example 48f28b641e4e14764c7d3906b4743e8ef8c281259138e338298fbb7eca9d0b5b */
            client_id?: string;
            /** @example be63f802120e6b164d8df7f2941cc9ed81046e93337862cbdab17fe87a763e0d04846a09491f6dda642289f7651e0df1eda63e3272b2df27dadda31bc1463f91 */
            client_key?: string;
            /**
             * @description empty: a split wallet is refused
             * @example
             */
            peer_public_key?: string;
            /** @description one pair */
            keys: components["schemas"]["KeyPairForm"][];
            /**
             * @description refused unless the key grew from them
             * @example cupboard raven slush easily author profit argue second evolve autumn tool favorite spider version found raw laptop donkey unlock address minimum truck tilt calm
             */
            mnemonics?: string;
            /** @example 1.0 */
            version?: string;
            /**
             * @description not kept: a wallet’s date is when it was stored
             * @example 2024-01-01T00:00:00Z
             */
            date_created?: string;
            /** @example 0 */
            nonce?: number;
            /**
             * @description false: a split wallet is refused
             * @example false
             */
            is_split?: boolean;
        };
        WordsForm: {
            /**
             * @description 12 to 24 English BIP39 words, lower case, one space between them; `mnemonics` is the same
             * @example cupboard raven slush easily author profit argue second evolve autumn tool favorite spider version found raw laptop donkey unlock address minimum truck tilt calm
             */
            mnemonic: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type CatalogueFunction = components['schemas']['CatalogueFunction'];
export type CatalogueGroup = components['schemas']['CatalogueGroup'];
export type DeclineShareBody = components['schemas']['DeclineShareBody'];
export type DeletedWalletAnswer = components['schemas']['DeletedWalletAnswer'];
export type EntryAnswer = components['schemas']['EntryAnswer'];
export type EvaluateMessageBody = components['schemas']['EvaluateMessageBody'];
export type EvaluateTransactionBody = components['schemas']['EvaluateTransactionBody'];
export type EvaluationAnswer = components['schemas']['EvaluationAnswer'];
export type ExposureDocument = components['schemas']['ExposureDocument'];
export type FreezeAnswer = components['schemas']['FreezeAnswer'];
export type HoursDocument = components['schemas']['HoursDocument'];
export type JudgedAnewAnswer = components['schemas']['JudgedAnewAnswer'];
export type KeyAnswer = components['schemas']['KeyAnswer'];
export type KeyPairForm = components['schemas']['KeyPairForm'];
export type KeysAnswer = components['schemas']['KeysAnswer'];
export type LimitDocument = components['schemas']['LimitDocument'];
export type LimitUseDocument = components['schemas']['LimitUseDocument'];
export type ListedSplitKeyAnswer = components['schemas']['ListedSplitKeyAnswer'];
export type ListedWalletAnswer = components['schemas']['ListedWalletAnswer'];
export type LiveAnswer = components['schemas']['LiveAnswer'];
export type LogKeysAnswer = components['schemas']['LogKeysAnswer'];
export type MadeSplitKeyAnswer = components['schemas']['MadeSplitKeyAnswer'];
export type PolicyAnswer = components['schemas']['PolicyAnswer'];
export type PolicyDocument = components['schemas']['PolicyDocument'];
export type PrivateKeyForm = components['schemas']['PrivateKeyForm'];
export type Problem = components['schemas']['Problem'];
export type ReadyAnswer = components['schemas']['ReadyAnswer'];
export type RecordAnswer = components['schemas']['RecordAnswer'];
export type ReplacePolicyBody = components['schemas']['ReplacePolicyBody'];
export type ReplacedPolicyAnswer = components['schemas']['ReplacedPolicyAnswer'];
export type RestrictionsBody = components['schemas']['RestrictionsBody'];
export type RevisionAnswer = components['schemas']['RevisionAnswer'];
export type RevokeKeyBody = components['schemas']['RevokeKeyBody'];
export type RevokeShareBody = components['schemas']['RevokeShareBody'];
export type RuleAnswer = components['schemas']['RuleAnswer'];
export type SetUpBody = components['schemas']['SetUpBody'];
export type ShareKeyBody = components['schemas']['ShareKeyBody'];
export type SignMessageAnswer = components['schemas']['SignMessageAnswer'];
export type SignMessageBody = components['schemas']['SignMessageBody'];
export type SimulatePolicyBody = components['schemas']['SimulatePolicyBody'];
export type SimulationAnswer = components['schemas']['SimulationAnswer'];
export type SplitKeyAnswer = components['schemas']['SplitKeyAnswer'];
export type SplitKeyBody = components['schemas']['SplitKeyBody'];
export type SuccessAnswer = components['schemas']['SuccessAnswer'];
export type TemplateAnswer = components['schemas']['TemplateAnswer'];
export type TransactionBody = components['schemas']['TransactionBody'];
export type WalletAnswer = components['schemas']['WalletAnswer'];
export type WalletFileForm = components['schemas']['WalletFileForm'];
export type WordsForm = components['schemas']['WordsForm'];
export type $defs = Record<string, never>;
export interface operations {
    "read-record": {
        parameters: {
            query: {
                action?: "create-wallet" | "store-key" | "list-wallets" | "delete-wallet" | "undelete-wallet" | "list-deleted" | "split-key" | "list-keys" | "revoke-key" | "share-key" | "decline-share" | "list-shared" | "read-restrictions" | "restrict-key" | "generate" | "generate-split-key" | "sign-message" | "sign-transaction" | "read-key" | "set-up" | "freeze" | "thaw" | "restrict-share" | "revoke-share" | "delete-shares" | "read-policy" | "replace-policy" | "evaluate-policy" | "simulate-policy" | "list-revisions" | "read-record" | "accept-time" | "accept-rollback" | "archive" | "lost-entry" | "erase-expired-key" | "destroy-wallet" | "count-repeats" | "find-altered-row" | "note-rows" | "seal-service" | "unseal-service" | "add-kek" | "rotate-kek" | "reseal" | "retire-kek" | "show-words" | "make-backup";
                outcome?: "approved" | "denied" | "failed";
                /** @description how many entries at most; 50 if absent */
                limit?: number;
                /** @description where to go on: from the `Link` header of the page before */
                after?: string;
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description where the next page is (RFC 8288, rel="next"), if there may be one; a page that has one may be short, or empty */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordAnswer"];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_PARAMETER`: The query has a parameter that this call does not know.
             *
             *     `WALLET.UNKNOWN`: No such wallet of yours.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "read-checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the note */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    "read-log-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogKeysAnswer"];
                };
            };
        };
    };
    "read-entry-proof": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description as `X-Audit-Entry` had it */
                entry: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the proof */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `AUDIT.ENTRY_UNKNOWN`: No such entry of the record. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `AUDIT.NO_CHECKPOINT_YET`: No checkpoint has the entry yet. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-wallet": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `WALLET.UNKNOWN`: No such wallet of yours.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    freeze: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreezeAnswer"];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `WALLET.UNKNOWN`: No such wallet of yours.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "health-live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveAnswer"];
                };
            };
        };
    };
    "health-ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadyAnswer"];
                };
            };
            /** @description At least one check is not ready */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadyAnswer"];
                };
            };
        };
    };
    "read-key": {
        parameters: {
            query?: never;
            header: {
                /** @description names the split key: either share's public key, 128 hexadecimal characters */
                "X-Peer-Public-Key": string;
            };
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyAnswer"];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.MISSING_HEADER`: A required header is missing.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "split-key": {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, new for each thing to be made, such as a UUID. For 24 hours the same call with the same key answers as the first time (with `Idempotency-Replayed: true`) and makes nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SplitKeyBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeSplitKeyAnswer"];
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `WALLET.UNKNOWN`: No such wallet of yours.
             *
             *     `RESTRICTION.UNKNOWN_GROUP`: No such operation group.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `IDEMPOTENCY.IN_FLIGHT`: A call with this Idempotency-Key is under way.
             *
             *     `IDEMPOTENCY.ANSWER_GONE`: What the first call made is no more.
             *
             *     `SPLIT_KEY.QUOTA`: The wallet has as many live split keys as may be.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY.KEY_REUSED`: The Idempotency-Key was used for another call. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-keys": {
        parameters: {
            query?: {
                /** @description how many entries at most; 1000 if absent */
                limit?: number;
                /** @description where to go on: from the `Link` header of the page before */
                cursor?: string;
                /** @description `none` leaves the user shares out: `private_key` is empty, and nothing is unsealed */
                shares?: "none";
            };
            header?: never;
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description where the next page is (RFC 8288, rel="next"), if there is one */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysAnswer"];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_PARAMETER`: The query has a parameter that this call does not know.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "read-metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counters and histograms */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    "evaluate-policy": {
        parameters: {
            query?: never;
            header: {
                /** @description names the split key: either share's public key, 128 hexadecimal characters */
                "X-Peer-Public-Key": string;
            };
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvaluateTransactionBody"] | components["schemas"]["EvaluateMessageBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationAnswer"];
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `REQUEST.MISSING_HEADER`: A required header is missing.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `SPLIT_KEY.REVOKED`: The split key has been revoked.
             *
             *     `SPLIT_KEY.FROZEN`: The wallet of the split key is frozen.
             *
             *     `TRANSACTION.HASH_MISMATCH`: The hash is not the hash of this transaction.
             *
             *     `MESSAGE.HASH_MISMATCH`: The hash is not the hash of this message.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `SIGNING.FAILED`: The signature could not be made.
             *
             *     `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `CLOCK.IN_DOUBT`: The clock of the service cannot be believed.
             *
             *     `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "simulate-policy": {
        parameters: {
            query?: never;
            header: {
                /** @description names the split key: either share's public key, 128 hexadecimal characters */
                "X-Peer-Public-Key": string;
            };
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulatePolicyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulationAnswer"];
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `REQUEST.MISSING_HEADER`: A required header is missing.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "read-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateAnswer"][];
                };
            };
        };
    };
    "read-policy": {
        parameters: {
            query?: never;
            header: {
                /** @description names the split key: either share's public key, 128 hexadecimal characters */
                "X-Peer-Public-Key": string;
            };
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description the revision, for `If-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyAnswer"];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.MISSING_HEADER`: A required header is missing.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `POLICY.UNREADABLE`: What the split key may sign cannot be read.
             *
             *     `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "replace-policy": {
        parameters: {
            query?: never;
            header: {
                /** @description the `ETag` of the policy that this one replaces; when another is in force by then, nothing is changed */
                "If-Match": string;
                /** @description names the split key: either share's public key, 128 hexadecimal characters */
                "X-Peer-Public-Key": string;
            };
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplacePolicyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description the revision, for `If-Match` */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplacedPolicyAnswer"];
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `REQUEST.MISSING_HEADER`: A required header is missing.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `SPLIT_KEY.REVOKED`: The split key has been revoked.
             *
             *     `SPLIT_KEY.EXPIRED`: The split key has expired.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SPLIT_KEY.QUOTA`: The wallet has as many live split keys as may be. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `POLICY.REVISION_CHANGED`: Another revision of the policy is in force. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `POLICY.REVISION_REQUIRED`: The revision that is to be replaced was not named. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-revisions": {
        parameters: {
            query?: {
                /** @description how many entries at most; 1000 if absent */
                limit?: number;
                /** @description where to go on: from the `Link` header of the page before */
                cursor?: string;
                /** @description `none` leaves the user shares out: `private_key` is empty, and nothing is unsealed */
                shares?: "none";
            };
            header: {
                /** @description names the split key: either share's public key, 128 hexadecimal characters */
                "X-Peer-Public-Key": string;
            };
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the newest first */
            200: {
                headers: {
                    /** @description where the next page is (RFC 8288, rel="next"), if there is one */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionAnswer"][];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_PARAMETER`: The query has a parameter that this call does not know.
             *
             *     `REQUEST.MISSING_HEADER`: A required header is missing.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "read-restrictions": {
        parameters: {
            query?: never;
            header: {
                /** @description names the split key: either share's public key, 128 hexadecimal characters */
                "X-Peer-Public-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.MISSING_HEADER`: A required header is missing.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `POLICY.UNREADABLE`: What the split key may sign cannot be read.
             *
             *     `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "read-catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueGroup"][];
                };
            };
        };
    };
    "restrict-key": {
        parameters: {
            query?: never;
            header: {
                /** @description names the split key: either share's public key, 128 hexadecimal characters */
                "X-Peer-Public-Key": string;
            };
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestrictionsBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `REQUEST.MISSING_HEADER`: A required header is missing.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `RESTRICTION.UNKNOWN_GROUP`: No such operation group.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `POLICY.UNREADABLE`: What the split key may sign cannot be read.
             *
             *     `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "revoke-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevokeKeyBody"];
                "application/x-www-form-urlencoded": components["schemas"]["RevokeKeyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "share-key": {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, new for each thing to be made, such as a UUID. For 24 hours the same call with the same key answers as the first time (with `Idempotency-Replayed: true`) and makes nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareKeyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `SPLIT_KEY.REVOKED`: The split key has been revoked.
             *
             *     `SPLIT_KEY.EXPIRED`: The split key has expired.
             *
             *     `SHARE.TO_ONESELF`: A split key cannot be shared with its owner.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `IDEMPOTENCY.IN_FLIGHT`: A call with this Idempotency-Key is under way.
             *
             *     `IDEMPOTENCY.ANSWER_GONE`: What the first call made is no more.
             *
             *     `SHARE.ALREADY_SHARED`: The split key is shared with somebody else.
             *
             *     `SHARE.DECLINED`: The recipient has declined it.
             *
             *     `SHARE.TOO_MANY`: Too many split keys are shared.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY.KEY_REUSED`: The Idempotency-Key was used for another call. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "decline-share": {
        parameters: {
            query?: never;
            header: {
                /** @description names the split key: either share's public key, 128 hexadecimal characters */
                "X-Peer-Public-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeclineShareBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `REQUEST.MISSING_HEADER`: A required header is missing.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-message": {
        parameters: {
            query?: {
                /** @description say what would be decided, rule by rule, to whoever would be told it otherwise: nothing is signed, counted or recorded. The answer is 200, also when it is no */
                dry_run?: "1";
            };
            header: {
                /** @description names the split key: either share's public key, 128 hexadecimal characters */
                "X-Peer-Public-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignMessageBody"];
            };
        };
        responses: {
            /** @description the combined signature; of a dry run what would be decided */
            200: {
                headers: {
                    /** @description which entry of the record tells of the decision, 32 characters; to be kept, and shown to nobody */
                    "X-Audit-Entry"?: string;
                    /** @description a signed promise that the log of the record will have this entry, base64url */
                    "X-Audit-Promise"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignMessageAnswer"] | components["schemas"]["EvaluationAnswer"];
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `REQUEST.MISSING_HEADER`: A required header is missing.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `SPLIT_KEY.REVOKED`: The split key has been revoked.
             *
             *     `SPLIT_KEY.FROZEN`: The wallet of the split key is frozen.
             *
             *     `SPLIT_KEY.EXPIRED`: The split key has expired.
             *
             *     `SIGNING.PARTIAL_INVALID`: The partial signature does not verify.
             *
             *     `SIGNING.NOT_ALLOWED`: The restrictions of the split key do not allow this.
             *
             *     `MESSAGE.HASH_MISMATCH`: The hash is not the hash of this message.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `SIGNING.FAILED`: The signature could not be made.
             *
             *     `AUDIT.NO_EVIDENCE`: The decision is recorded, but no evidence of it can be given.
             *
             *     `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `SIGNING.OVERLOADED`: Too many signing requests wait.
             *
             *     `SIGNING.INTERRUPTED`: The signing worker was interrupted.
             *
             *     `CLOCK.IN_DOUBT`: The clock of the service cannot be believed.
             *
             *     `AUDIT.NOT_WITNESSED`: The witnesses of the record do not see it.
             *
             *     `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-transaction": {
        parameters: {
            query?: {
                /** @description say what would be decided, rule by rule, to whoever would be told it otherwise: nothing is signed, counted or recorded. The answer is 200, also when it is no */
                dry_run?: "1";
                /** @description answer with the whole transaction, its signature replaced, as clients up to v1.17 expect */
                reply?: "transaction";
            };
            header: {
                /** @description names the split key: either share's public key, 128 hexadecimal characters */
                "X-Peer-Public-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransactionBody"];
            };
        };
        responses: {
            /** @description the combined signature, 64 hexadecimal characters; of a dry run what would be decided */
            200: {
                headers: {
                    /** @description which entry of the record tells of the decision, 32 characters; to be kept, and shown to nobody */
                    "X-Audit-Entry"?: string;
                    /** @description a signed promise that the log of the record will have this entry, base64url */
                    "X-Audit-Promise"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string | components["schemas"]["EvaluationAnswer"];
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.MISSING_HEADER`: A required header is missing.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `SPLIT_KEY.REVOKED`: The split key has been revoked.
             *
             *     `SPLIT_KEY.FROZEN`: The wallet of the split key is frozen.
             *
             *     `SPLIT_KEY.EXPIRED`: The split key has expired.
             *
             *     `SIGNING.PARTIAL_INVALID`: The partial signature does not verify.
             *
             *     `SIGNING.NOT_ALLOWED`: The restrictions of the split key do not allow this.
             *
             *     `TRANSACTION.HASH_MISMATCH`: The hash is not the hash of this transaction.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `SIGNING.FAILED`: The signature could not be made.
             *
             *     `AUDIT.NO_EVIDENCE`: The decision is recorded, but no evidence of it can be given.
             *
             *     `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `SIGNING.OVERLOADED`: Too many signing requests wait.
             *
             *     `SIGNING.INTERRUPTED`: The signing worker was interrupted.
             *
             *     `CLOCK.IN_DOUBT`: The clock of the service cannot be believed.
             *
             *     `AUDIT.NOT_WITNESSED`: The witnesses of the record do not see it.
             *
             *     `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "store-key": {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, new for each thing to be made, such as a UUID. For 24 hours the same call with the same key answers as the first time (with `Idempotency-Replayed: true`) and makes nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrivateKeyForm"] | components["schemas"]["WordsForm"] | components["schemas"]["WalletFileForm"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletAnswer"];
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `STORE.INCONSISTENT`: The parts of the wallet do not belong together.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `IDEMPOTENCY.IN_FLIGHT`: A call with this Idempotency-Key is under way.
             *
             *     `IDEMPOTENCY.ANSWER_GONE`: What the first call made is no more.
             *
             *     `WALLET.QUOTA`: You have as many wallets as may be.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY.KEY_REUSED`: The Idempotency-Key was used for another call. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    thaw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreezeAnswer"];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `WALLET.UNKNOWN`: No such wallet of yours.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "undelete-wallet": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `WALLET.UNKNOWN`: No such wallet of yours.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `WALLET.QUOTA`: You have as many wallets as may be. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-wallet": {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, new for each thing to be made, such as a UUID. For 24 hours the same call with the same key answers as the first time (with `Idempotency-Replayed: true`) and makes nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletAnswer"];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `IDEMPOTENCY.IN_FLIGHT`: A call with this Idempotency-Key is under way.
             *
             *     `IDEMPOTENCY.ANSWER_GONE`: What the first call made is no more.
             *
             *     `WALLET.QUOTA`: You have as many wallets as may be.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `IDEMPOTENCY.KEY_REUSED`: The Idempotency-Key was used for another call. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-wallets": {
        parameters: {
            query?: {
                /** @description how many entries at most; 1000 if absent */
                limit?: number;
                /** @description where to go on: from the `Link` header of the page before */
                cursor?: string;
                /** @description `none` leaves the user shares out: `private_key` is empty, and nothing is unsealed */
                shares?: "none";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one entry per master key, without secrets */
            200: {
                headers: {
                    /** @description where the next page is (RFC 8288, rel="next"), if there is one */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedWalletAnswer"][];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_PARAMETER`: The query has a parameter that this call does not know.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-deleted": {
        parameters: {
            query?: {
                /** @description how many entries at most; 1000 if absent */
                limit?: number;
                /** @description where to go on: from the `Link` header of the page before */
                cursor?: string;
                /** @description `none` leaves the user shares out: `private_key` is empty, and nothing is unsealed */
                shares?: "none";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the first to go first */
            200: {
                headers: {
                    /** @description where the next page is (RFC 8288, rel="next"), if there is one */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedWalletAnswer"][];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_PARAMETER`: The query has a parameter that this call does not know.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-shared": {
        parameters: {
            query?: {
                /** @description how many entries at most; 1000 if absent */
                limit?: number;
                /** @description where to go on: from the `Link` header of the page before */
                cursor?: string;
                /** @description `none` leaves the user shares out: `private_key` is empty, and nothing is unsealed */
                shares?: "none";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description where the next page is (RFC 8288, rel="next"), if there is one */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedSplitKeyAnswer"][];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_PARAMETER`: The query has a parameter that this call does not know.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-shares": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuccessAnswer"];
                };
            };
            /**
             * @description `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    "restrict-share": {
        parameters: {
            query?: never;
            header: {
                /** @description names the split key: either share's public key, 128 hexadecimal characters */
                "X-Peer-Public-Key": string;
            };
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestrictionsBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuccessAnswer"];
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `REQUEST.MISSING_HEADER`: A required header is missing.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `RESTRICTION.UNKNOWN_GROUP`: No such operation group.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `POLICY.UNREADABLE`: What the split key may sign cannot be read.
             *
             *     `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    "revoke-share": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevokeShareBody"];
                "application/x-www-form-urlencoded": components["schemas"]["RevokeShareBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuccessAnswer"];
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `SPLIT_KEY.UNKNOWN`: No such split key.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    "set-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUpBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuccessAnswer"];
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `RESTRICTION.UNKNOWN_GROUP`: No such operation group.
             *
             *     `SETUP.INCONSISTENT`: The keys of the setup do not belong together.
             *
             *     `SETUP.REFUSED`: This split key cannot be set up.
             *
             *     `SPLIT_KEY.REVOKED`: The split key has been revoked.
             *
             *     `SPLIT_KEY.EXPIRED`: The split key has expired.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `SPLIT_KEY.QUOTA`: The wallet has as many live split keys as may be. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `POLICY.UNREADABLE`: What the split key may sign cannot be read.
             *
             *     `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    generate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletAnswer"];
                };
            };
            /** @description `REQUEST.REFUSED`: The HTTP request itself is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `WALLET.QUOTA`: You have as many wallets as may be.
             *
             *     `SPLIT_KEY.QUOTA`: The wallet has as many live split keys as may be.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    "generate-split-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the wallet's client id, 64 hexadecimal characters */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SplitKeyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SplitKeyAnswer"];
                };
            };
            /**
             * @description `REQUEST.MALFORMED_JSON`: The body is not one valid JSON document.
             *
             *     `REQUEST.INVALID_FIELD`: A field is missing or malformed.
             *
             *     `REQUEST.UNKNOWN_FIELD`: The body has a field that this call does not know.
             *
             *     `WALLET.UNKNOWN`: No such wallet of yours.
             *
             *     `RESTRICTION.UNKNOWN_GROUP`: No such operation group.
             *
             *     `REQUEST.REFUSED`: The HTTP request itself is malformed.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `TOKEN.MISSING`: No token was sent.
             *
             *     `TOKEN.INVALID`: The token is not valid here.
             *
             *     `TOKEN.EXPIRED`: The token has expired.
             *
             *     `TOKEN.CONFLICT`: Two different tokens were sent.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.TIMEOUT`: The request did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `SPLIT_KEY.QUOTA`: The wallet has as many live split keys as may be. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.BODY_TOO_LARGE`: The body is larger than this call takes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.URI_TOO_LONG`: The path or query is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.UNSUPPORTED_ENCODING`: The body is encoded, which is not understood here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.EXPECTATION_FAILED`: The request expects what is not known here. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.MISDIRECTED`: The request is for another host. */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `RATE.LIMITED`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `REQUEST.HEADERS_TOO_LARGE`: The headers are larger than 16 KiB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `RECORD.ALTERED`: What is kept of it was altered.
             *
             *     `INTERNAL`: Something went wrong on our side.
             */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /**
             * @description `TOKEN.KEYS_UNAVAILABLE`: The keys that check tokens could not be fetched.
             *
             *     `SERVICE.OVERLOADED`: Too many requests wait.
             *
             *     `SERVICE.SEALED`: The operator has sealed the service.
             *
             *     `WRITES.OVERLOADED`: Too many changes wait to be made.
             *
             *     `DATABASE.BUSY`: The database is locked by another program.
             *
             *     `AUDIT.UNAVAILABLE`: The decision could not be recorded, so it was not carried out.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
}

/** Every code that an answer of these calls may have. */
export type ErrorCode =
  | 'AUDIT.ENTRY_UNKNOWN'
  | 'AUDIT.NOT_WITNESSED'
  | 'AUDIT.NO_CHECKPOINT_YET'
  | 'AUDIT.NO_EVIDENCE'
  | 'AUDIT.UNAVAILABLE'
  | 'CLOCK.IN_DOUBT'
  | 'DATABASE.BUSY'
  | 'IDEMPOTENCY.ANSWER_GONE'
  | 'IDEMPOTENCY.IN_FLIGHT'
  | 'IDEMPOTENCY.KEY_REUSED'
  | 'INTERNAL'
  | 'MESSAGE.HASH_MISMATCH'
  | 'POLICY.REVISION_CHANGED'
  | 'POLICY.REVISION_REQUIRED'
  | 'POLICY.UNREADABLE'
  | 'RATE.LIMITED'
  | 'RECORD.ALTERED'
  | 'REQUEST.BODY_TOO_LARGE'
  | 'REQUEST.EXPECTATION_FAILED'
  | 'REQUEST.HEADERS_TOO_LARGE'
  | 'REQUEST.INVALID_FIELD'
  | 'REQUEST.MALFORMED_JSON'
  | 'REQUEST.MISDIRECTED'
  | 'REQUEST.MISSING_HEADER'
  | 'REQUEST.REFUSED'
  | 'REQUEST.TIMEOUT'
  | 'REQUEST.UNKNOWN_FIELD'
  | 'REQUEST.UNKNOWN_PARAMETER'
  | 'REQUEST.UNSUPPORTED_ENCODING'
  | 'REQUEST.URI_TOO_LONG'
  | 'RESTRICTION.UNKNOWN_GROUP'
  | 'SERVICE.OVERLOADED'
  | 'SERVICE.SEALED'
  | 'SHARE.ALREADY_SHARED'
  | 'SHARE.DECLINED'
  | 'SHARE.TOO_MANY'
  | 'SHARE.TO_ONESELF'
  | 'SIGNING.FAILED'
  | 'SIGNING.INTERRUPTED'
  | 'SIGNING.NOT_ALLOWED'
  | 'SIGNING.OVERLOADED'
  | 'SIGNING.PARTIAL_INVALID'
  | 'SPLIT_KEY.EXPIRED'
  | 'SPLIT_KEY.FROZEN'
  | 'SPLIT_KEY.QUOTA'
  | 'SPLIT_KEY.REVOKED'
  | 'SPLIT_KEY.UNKNOWN'
  | 'STORE.INCONSISTENT'
  | 'TOKEN.CONFLICT'
  | 'TOKEN.EXPIRED'
  | 'TOKEN.INVALID'
  | 'TOKEN.KEYS_UNAVAILABLE'
  | 'TOKEN.MISSING'
  | 'TRANSACTION.HASH_MISMATCH'
  | 'WALLET.QUOTA'
  | 'WALLET.UNKNOWN'
  | 'WRITES.OVERLOADED';
