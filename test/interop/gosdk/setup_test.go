package gosdk

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/0chain/gosdk/core/client"
	"github.com/0chain/gosdk/core/conf"
	"github.com/0chain/gosdk/core/encryption"
	"github.com/0chain/gosdk/core/zcncrypto"
	"github.com/0chain/gosdk/zcncore"
)

// A split that gosdk has made: one half stays with the user, the other is set up at ZAuth.
func splitByGosdk(t *testing.T) (zcncrypto.Wallet, record, zcncrypto.KeyPair) {
	t.Helper()
	wallet := offlineWallet(t)
	client.SetSignatureScheme("bls0chain")
	text, err := zcncore.SplitKeys(wallet.Keys[0].PrivateKey, 2)
	split := decoded[zcncrypto.Wallet](t, text, err)
	users, servers := split.Keys[0], split.Keys[1]
	return wallet, record{
		ClientID:      split.ClientID,
		ClientKey:     split.ClientKey,
		PublicKey:     users.PublicKey,
		PrivateKey:    users.PrivateKey,
		PeerPublicKey: servers.PublicKey,
	}, servers
}

func TestASplitThatGosdkMadeIsSetUpAndSigns(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		alice := newUser(t, "alice")
		wallet, key, servers := splitByGosdk(t)
		// The command-line tool's own call: gosdk's SetupAuth has no place for a token.
		post(t, server.zauth+"/setup", alice.token, map[string]any{
			"user_id": alice.id, "client_id": key.ClientID, "client_key": key.ClientKey,
			"public_key": servers.PublicKey, "private_key": servers.PrivateKey, "peer_public_key": key.PublicKey,
			"restrictions": []string{"token_transfers"},
		})
		use(t, server, key)
		signsAsWhole(t, wallet, encryption.Hash("a message"))

		chain := joinChain(t)
		hash, err := transfer(3)
		noError(t, err)
		chain.got(t, hash, wallet.ClientKey)
	})
}

func TestTheTimeOfTheLastUseIsTold(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		alice := newUser(t, "alice")
		_, key := splitWallet(t, server, alice)
		lastUsed := func() int64 {
			text, err := client.CallZauthRetreiveKey(server.zauth, alice.token, key.ClientID, key.PeerPublicKey)
			return decoded[struct {
				LastUsed int64 `json:"last_used"`
			}](t, text, err).LastUsed
		}
		equal(t, "the last use before any", lastUsed(), 0)
		before := time.Now().Unix()
		_, err := client.Sign(encryption.Hash("a message"))
		noError(t, err)
		if used := lastUsed(); used < before || used > time.Now().Unix() {
			t.Fatalf("the last use is told as %d, it was after %d", used, before)
		}
	})
}

type setupAnswer struct {
	status int
	text   string
}

type setupCallback chan setupAnswer

func (c setupCallback) OnSetupComplete(status int, text string) { c <- setupAnswer{status, text} }

func TestASetUpWithoutATokenIsRefused(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		_, key, servers := splitByGosdk(t)
		answered := make(setupCallback, 1)
		noError(t, zcncore.SetupAuth(server.zauth, key.ClientID, key.ClientKey, servers.PublicKey, servers.PrivateKey,
			key.PublicKey, answered))
		select {
		case answer := <-answered:
			equal(t, "the status", answer.status, zcncore.StatusError)
		case <-time.After(time.Minute):
			t.Fatal("no answer within a minute")
		}
	})
}

func TestZauthIsFoundThroughTheConfigurationFileOfTheTools(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		file := filepath.Join(t.TempDir(), "config.yaml")
		text := "block_worker: http://127.0.0.1/dns\nsignature_scheme: bls0chain\nzauth_server: " + server.zauth + "\n"
		noError(t, os.WriteFile(file, []byte(text), 0o600))
		configuration, err := conf.LoadConfigFile(file)
		noError(t, err)

		wallet, key := splitWallet(t, kms{zvault: server.zvault, zauth: "http://127.0.0.1:1"}, newUser(t, "alice"))
		equal(t, "the wallet", client.Wallet().ClientID, key.ClientID)
		zcncore.RegisterZauthServer(configuration.ZauthServer)
		signsAsWhole(t, wallet, encryption.Hash("a message"))
	})
}
