package gosdk

import (
	"encoding/json"
	"testing"

	"github.com/0chain/gosdk/core/client"
	"github.com/0chain/gosdk/core/zcncrypto"
	"github.com/0chain/gosdk/zcncore"
)

// record is an entry of GET /keys, /wallets and /wallets/shared.
type record struct {
	UserID        string `json:"user_id"`
	ClientID      string `json:"client_id"`
	ClientKey     string `json:"client_key"`
	PrivateKey    string `json:"private_key"`
	PublicKey     string `json:"public_key"`
	PeerPublicKey string `json:"peer_public_key"`
	SharedTo      string `json:"shared_to"`
	IsRevoked     bool   `json:"is_revoked"`
}

// offlineWallet is one that gosdk has made, so that the whole key is known here.
func offlineWallet(t *testing.T) zcncrypto.Wallet {
	t.Helper()
	text, err := zcncore.CreateWalletOffline()
	return decoded[zcncrypto.Wallet](t, text, err)
}

// storedWallet is an offline wallet whose key the owner has given to ZVault.
func storedWallet(t *testing.T, server kms, owner user) zcncrypto.Wallet {
	t.Helper()
	wallet := offlineWallet(t)
	noError(t, client.CallZvaultStoreKeyString(server.zvault, owner.token, wallet.Keys[0].PrivateKey))
	return wallet
}

// newSplit makes a split key; gosdk throws the answer away and reads the list, and so do we.
func newSplit(t *testing.T, server kms, owner user, clientID string) record {
	t.Helper()
	noError(t, client.CallZvaultNewSplit(server.zvault, owner.token, clientID))
	keys := keysOf(t, server, owner, clientID)
	return keys[len(keys)-1]
}

func keysOf(t *testing.T, server kms, owner user, clientID string) []record {
	t.Helper()
	text, err := client.CallZvaultRetrieveKeys(server.zvault, owner.token, clientID)
	return decoded[struct{ Keys []record }](t, text, err).Keys
}

// use makes a split key the wallet of this process, as wallets do it, and registers the server as its ZAuth.
func use(t *testing.T, server kms, key record) {
	t.Helper()
	text, err := json.Marshal(zcncrypto.Wallet{
		ClientID:      key.ClientID,
		ClientKey:     key.ClientKey,
		PeerPublicKey: key.PeerPublicKey,
		Keys:          []zcncrypto.KeyPair{{PublicKey: key.PublicKey, PrivateKey: key.PrivateKey}},
		Version:       zcncrypto.CryptoVersion,
		IsSplit:       true,
	})
	noError(t, err)
	noError(t, zcncore.SetGeneralWalletInfo(string(text), "bls0chain"))
	zcncore.RegisterZauthServer(server.zauth)
}

// splitWallet is all of the above: a wallet of the owner, a split key of it, in use.
func splitWallet(t *testing.T, server kms, owner user) (zcncrypto.Wallet, record) {
	t.Helper()
	wallet := storedWallet(t, server, owner)
	key := newSplit(t, server, owner, wallet.ClientID)
	use(t, server, key)
	return wallet, key
}
