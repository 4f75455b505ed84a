package gosdk

import (
	"encoding/hex"
	"strings"
	"sync"
	"testing"

	"github.com/0chain/gosdk/core/client"
	"github.com/0chain/gosdk/core/encryption"
	"github.com/0chain/gosdk/core/sys"
	"github.com/0chain/gosdk/core/zcncrypto"
	"github.com/0chain/gosdk/zboxcore/marker"
	"github.com/0chain/gosdk/zcncore"
)

// verifies has gosdk's own signature scheme judge a signature.
func verifies(t *testing.T, publicKey, signature, hash string) {
	t.Helper()
	scheme := zcncrypto.NewSignatureScheme("bls0chain")
	noError(t, scheme.SetPublicKey(publicKey))
	good, err := scheme.Verify(signature, hash)
	noError(t, err)
	if !good {
		t.Fatalf("gosdk does not accept the signature %q of %q", signature, hash)
	}
}

// signsAsWhole wants a split wallet's signature to verify, and to be the one that the whole key makes.
func signsAsWhole(t *testing.T, wallet zcncrypto.Wallet, message string) {
	t.Helper()
	signature, err := client.Sign(message)
	noError(t, err)
	verifies(t, wallet.ClientKey, signature, message)
	whole, err := zcncore.SignWithKey(wallet.Keys[0].PrivateKey, message)
	noError(t, err)
	equal(t, "the combined signature", signature, whole)
}

func TestASplitWalletSignsMessagesOfAnyLengthAsTheWholeKeyWould(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		wallet, _ := splitWallet(t, server, newUser(t, "alice"))
		for _, bytes := range []int{1, 16, 32, 64, 1024} {
			signsAsWhole(t, wallet, hex.EncodeToString([]byte(strings.Repeat("m", bytes))))
		}
	})
}

func TestASplitWalletSignsManyMessagesAtOnce(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		_, key := splitWallet(t, server, newUser(t, "alice"))
		keys := client.GetClientSysKeys()
		signatures := make([]string, 64)
		failures := make([]error, len(signatures))
		var all sync.WaitGroup
		for i := range signatures {
			all.Add(1)
			go func() {
				defer all.Done()
				// What client.Sign calls, without its lock of one signature at a time.
				signatures[i], failures[i] = sys.SignWithAuth(numbered(i), "bls0chain", keys)
			}()
		}
		all.Wait()
		for i, signature := range signatures {
			noError(t, failures[i])
			verifies(t, key.ClientKey, signature, numbered(i))
		}
	})
}

func numbered(i int) string {
	return encryption.Hash(strings.Repeat("message ", i+1))
}

func TestTheMarkersOfStorageAreSigned(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		wallet, _ := splitWallet(t, server, newUser(t, "alice"))
		written := marker.WriteMarker{AllocationID: "allocation", BlobberID: "blobber", ClientID: wallet.ClientID, Size: 1}
		noError(t, written.Sign())
		noError(t, written.VerifySignature(wallet.ClientKey))

		read := marker.ReadMarker{AllocationID: "allocation", BlobberID: "blobber", ClientID: wallet.ClientID}
		noError(t, read.Sign())
		verifies(t, wallet.ClientKey, read.Signature, read.GetHash())

		ticket := marker.AuthTicket{AllocationID: "allocation", OwnerID: wallet.ClientID, FileName: "file"}
		noError(t, ticket.Sign())
		verifies(t, wallet.ClientKey, ticket.Signature, encryption.Hash(ticket.GetHashData()))

		deleted := marker.DeleteToken{FilePathHash: "path", FileRefHash: "reference", AllocationID: "allocation", ClientID: wallet.ClientID}
		noError(t, deleted.Sign())
		verifies(t, wallet.ClientKey, deleted.Signature, deleted.GetHash())
	})
}

func TestTheEncryptionKeyOfASplitWalletIsThatOfTheWholeOne(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		wallet, _ := splitWallet(t, server, newUser(t, "alice"))
		ofSplit, err := zcncore.GetPublicEncryptionKeyV2(wallet.ClientKey)
		noError(t, err)
		text, err := wallet.Marshal()
		noError(t, err)
		noError(t, zcncore.SetGeneralWalletInfo(text, "bls0chain"))
		ofWhole, err := zcncore.GetPublicEncryptionKeyV2(wallet.ClientKey)
		noError(t, err)
		equal(t, "the encryption key", ofSplit, ofWhole)
	})
}
