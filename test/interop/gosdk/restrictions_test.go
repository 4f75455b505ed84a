package gosdk

import (
	"slices"
	"testing"

	"github.com/0chain/gosdk/core/client"
	"github.com/0chain/gosdk/core/encryption"
)

func restrict(t *testing.T, server kms, owner user, key record, groups ...string) {
	t.Helper()
	noError(t, client.CallZvaultUpdateRestrictions(server.zvault, owner.token, key.ClientID, key.PeerPublicKey, groups))
}

func restrictionsOf(t *testing.T, server kms, owner user, key record) []string {
	t.Helper()
	text, err := client.CallZvaultRetrieveRestrictions(server.zvault, owner.token, key.PeerPublicKey)
	groups := decoded[[]string](t, text, err)
	slices.Sort(groups)
	return groups
}

func TestEveryGroupThatGosdkKnowsCanBeSetAndIsShown(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		alice := newUser(t, "alice")
		_, key := splitWallet(t, server, alice)
		unrestricted := restrictionsOf(t, server, alice, key)
		for group := range client.AvailableRestrictions {
			if !slices.Contains(unrestricted, group) {
				t.Fatalf("a key without a list is not shown with %s: %v", group, unrestricted)
			}
			restrict(t, server, alice, key, group)
			if shown := restrictionsOf(t, server, alice, key); !slices.Equal(shown, []string{group}) {
				t.Fatalf("after %s was set, %v is shown", group, shown)
			}
		}
	})
}

func TestARestrictedSplitWalletSignsWhatItsListAllowsAndNothingElse(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		chain := joinChain(t)
		alice := newUser(t, "alice")
		wallet, key := splitWallet(t, server, alice)

		restrict(t, server, alice, key, "token_transfers")
		hash, err := transfer(1)
		noError(t, err)
		chain.got(t, hash, wallet.ClientKey)
		_, err = stake(1)
		refused(t, err, "400", "outside-restrictions")

		restrict(t, server, alice, key, "storage_rewards")
		hash, err = stake(1)
		noError(t, err)
		chain.got(t, hash, wallet.ClientKey)
		_, err = transfer(1)
		refused(t, err, "400", "restrictions")
		equal(t, "the number of transactions on the chain", chain.sentBy(wallet.ClientID), 2)
	})
}

// Wallets need messages for every request to storage, so a list that gosdk sets allows them.
func TestARestrictedSplitWalletStillSignsMessages(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		alice := newUser(t, "alice")
		wallet, key := splitWallet(t, server, alice)
		restrict(t, server, alice, key, "token_transfers")
		signsAsWhole(t, wallet, encryption.Hash("a message"))
		buildUpload(t, 0)
	})
}

func TestAGroupThatDoesNotExistIsRefusedByName(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		alice := newUser(t, "alice")
		_, key := splitWallet(t, server, alice)
		err := client.CallZvaultUpdateRestrictions(server.zvault, alice.token, key.ClientID, key.PeerPublicKey,
			[]string{"no_such_group"})
		refused(t, err, "400", "restrictions")
	})
}
