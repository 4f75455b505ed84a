package gosdk

import (
	"testing"

	"github.com/0chain/gosdk/core/client"
	"github.com/0chain/gosdk/core/encryption"
)

func sharedWith(t *testing.T, server kms, recipient user) []record {
	t.Helper()
	text, err := client.CallZvaultRetrieveSharedWallets(server.zvault, recipient.token)
	return decoded[[]record](t, text, err)
}

func TestWhoeverASplitKeyIsSharedWithFindsItAndSignsWithIt(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		alice, bob := newUser(t, "alice"), newUser(t, "bob")
		wallet := storedWallet(t, server, alice)
		key := newSplit(t, server, alice, wallet.ClientID)
		equal(t, "the number of wallets shared with Bob", len(sharedWith(t, server, bob)), 0)

		// gosdk has no function for it; the web wallet calls it by itself.
		post(t, server.zvault+"/share", alice.token, map[string]any{
			"public_key": key.PublicKey, "target_user_id": bob.id,
		})
		equal(t, "the recipient shown to Alice", keysOf(t, server, alice, wallet.ClientID)[0].SharedTo, bob.id)

		shared := sharedWith(t, server, bob)
		equal(t, "the number of wallets shared with Bob", len(shared), 1)
		use(t, server, shared[0])
		signsAsWhole(t, wallet, encryption.Hash("by Bob"))

		noError(t, client.CallZvaultRevokeKey(server.zvault, alice.token, key.ClientID, key.PublicKey))
		_, err := client.Sign(encryption.Hash("by Bob"))
		refused(t, err, "400", "revoked")
	})
}

func TestASharedSplitKeyIsNotTheRecipientsToRestrictOrRevoke(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		alice, bob := newUser(t, "alice"), newUser(t, "bob")
		wallet, key := splitWallet(t, server, alice)
		post(t, server.zvault+"/share", alice.token, map[string]any{
			"public_key": key.PublicKey, "target_user_id": bob.id,
		})
		err := client.CallZvaultUpdateRestrictions(server.zvault, bob.token, key.ClientID, key.PeerPublicKey, []string{})
		refused(t, err, "400", "")
		refused(t, client.CallZvaultRevokeKey(server.zvault, bob.token, key.ClientID, key.PublicKey), "400", "")
		refused(t, client.CallZauthRevoke(server.zauth, bob.token, key.ClientID, key.PublicKey), "400", "")
		refused(t, client.CallZvaultDeletePrimaryKey(server.zvault, bob.token, key.ClientID), "400", "")
		signsAsWhole(t, wallet, encryption.Hash("still Alice's"))
	})
}
