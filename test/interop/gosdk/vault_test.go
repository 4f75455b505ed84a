package gosdk

import (
	"testing"

	"github.com/0chain/gosdk/core/client"
	"github.com/0chain/gosdk/core/encryption"
	"github.com/0chain/gosdk/core/zcncrypto"
	"github.com/0chain/gosdk/zcncore"
)

func TestANewWalletIsTheOneThatItsWordsRecover(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		text, err := client.CallZvaultNewWallet(server.zvault, newUser(t, "alice").token)
		made := decoded[zcncrypto.Wallet](t, text, err)
		text, err = zcncore.RecoverOfflineWallet(made.Mnemonic)
		recovered := decoded[zcncrypto.Wallet](t, text, err)
		equal(t, "the client id", made.ClientID, recovered.ClientID)
		equal(t, "the client key", made.ClientKey, recovered.ClientKey)
	})
}

func TestAStoredKeyIsListedUnderTheIdThatGosdkGivesIt(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		alice := newUser(t, "alice")
		wallet := storedWallet(t, server, alice)
		text, err := client.CallZvaultRetrieveWallets(server.zvault, alice.token)
		wallets := decoded[[]record](t, text, err)
		equal(t, "the number of wallets", len(wallets), 1)
		equal(t, "the client id", wallets[0].ClientID, wallet.ClientID)
		equal(t, "the client key", wallets[0].ClientKey, wallet.ClientKey)
		equal(t, "the private key shown", wallets[0].PrivateKey, "")
	})
}

func TestSplitKeysAreListedOldestFirstWithAUserShareThatFits(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		alice := newUser(t, "alice")
		wallet := storedWallet(t, server, alice)
		first := newSplit(t, server, alice, wallet.ClientID)
		second := newSplit(t, server, alice, wallet.ClientID)
		keys := keysOf(t, server, alice, wallet.ClientID)
		equal(t, "the number of keys", len(keys), 2)
		for i, key := range []record{first, second} {
			equal(t, "the public key", keys[i].PublicKey, key.PublicKey)
			equal(t, "the client key", key.ClientKey, wallet.ClientKey)
			hash := encryption.Hash("a message")
			partial, err := zcncore.SignWithKey(key.PrivateKey, hash)
			noError(t, err)
			verifies(t, key.PublicKey, partial, hash)
		}
	})
}

func TestWithoutAValidTokenNothingIsDone(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		_, err := client.CallZvaultNewWallet(server.zvault, "not a token")
		refused(t, err, "401", "token")
		_, err = client.CallZvaultRetrieveWallets(server.zvault, "")
		refused(t, err, "401", "token")
	})
}
