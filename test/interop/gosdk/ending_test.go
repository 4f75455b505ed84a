package gosdk

import (
	"testing"

	"github.com/0chain/gosdk/core/client"
	"github.com/0chain/gosdk/core/encryption"
)

// Each way in which gosdk ends a split key, and what signing with it then says.
var endings = map[string]struct {
	end    func(server kms, owner user, key record) error
	status string
	words  string
}{
	"revoked at ZVault": {func(server kms, owner user, key record) error {
		return client.CallZvaultRevokeKey(server.zvault, owner.token, key.ClientID, key.PublicKey)
	}, "400", "revoked"},
	"revoked at ZAuth": {func(server kms, owner user, key record) error {
		return client.CallZauthRevoke(server.zauth, owner.token, key.ClientID, key.PublicKey)
	}, "400", "revoked"},
	"deleted at ZVault": {func(server kms, owner user, key record) error {
		return client.CallZvaultDeletePrimaryKey(server.zvault, owner.token, key.ClientID)
	}, "500", ""},
	"deleted at ZAuth": {func(server kms, owner user, key record) error {
		return client.CallZauthDelete(server.zauth, owner.token, key.ClientID)
	}, "500", ""},
}

func TestASplitKeyThatHasEndedSignsNothingMore(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		for name, ending := range endings {
			t.Run(name, func(t *testing.T) {
				chain := joinChain(t)
				alice := newUser(t, "alice")
				wallet, key := splitWallet(t, server, alice)
				signsAsWhole(t, wallet, encryption.Hash("a message"))
				noError(t, ending.end(server, alice, key))
				_, err := client.Sign(encryption.Hash("a message"))
				refused(t, err, ending.status, ending.words)
				_, err = transfer(1)
				refused(t, err, ending.status, ending.words)
				equal(t, "the number of transactions on the chain", chain.sentBy(wallet.ClientID), 0)
			})
		}
	})
}

func TestARevokedSplitKeyStaysInTheListAndADeletedWalletLeavesIt(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		alice := newUser(t, "alice")
		_, key := splitWallet(t, server, alice)
		noError(t, client.CallZvaultRevokeKey(server.zvault, alice.token, key.ClientID, key.PublicKey))
		equal(t, "whether it is shown as revoked", keysOf(t, server, alice, key.ClientID)[0].IsRevoked, true)
		noError(t, client.CallZvaultDeletePrimaryKey(server.zvault, alice.token, key.ClientID))
		equal(t, "the number of keys", len(keysOf(t, server, alice, key.ClientID)), 0)
	})
}
