package gosdk

import (
	"math"
	"testing"

	"github.com/0chain/gosdk/core/client"
	"github.com/0chain/gosdk/core/encryption"
	"github.com/0chain/gosdk/core/transaction"
	"github.com/0chain/gosdk/zcncore"
)

const fee = 100

// transfer is what zcncore.Send does, without waiting for the confirmation.
func transfer(value uint64) (hash string, err error) {
	data := transaction.SmartContractTxnData{Name: "transfer", InputArgs: zcncore.SendTxnData{Note: "for lunch"}}
	hash, _, _, _, err = transaction.SmartContractTxnValueFee(zcncore.MinerSmartContractAddress, data, value, fee, false,
		"", encryption.Hash("bob"))
	return hash, err
}

// stake calls a smart contract.
func stake(value uint64) (hash string, err error) {
	data := transaction.SmartContractTxnData{Name: transaction.STORAGESC_STAKE_POOL_LOCK, InputArgs: map[string]any{
		"provider_type": zcncore.ProviderBlobber, "provider_id": encryption.Hash("blobber"),
	}}
	hash, _, _, _, err = transaction.SmartContractTxnValueFee(zcncore.StorageSmartContractAddress, data, value, fee, false)
	return hash, err
}

func TestASplitWalletSendsTokens(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		chain := joinChain(t)
		wallet, _ := splitWallet(t, server, newUser(t, "alice"))
		for _, value := range []uint64{0, 1, 1 << 60, math.MaxUint64} {
			hash, err := transfer(value)
			noError(t, err)
			sent := chain.got(t, hash, wallet.ClientKey)
			equal(t, "the value", sent.Value, value)
			equal(t, "the type", sent.TransactionType, transaction.TxnTypeSend)
		}
	})
}

func TestASplitWalletSendsTokensAndSeesThemConfirmed(t *testing.T) {
	chain := joinChain(t)
	server := kms{zvault: setting(t, "KMS_ZVAULT_URL"), zauth: setting(t, "KMS_ZAUTH_URL")}
	wallet, _ := splitWallet(t, server, newUser(t, "alice"))
	client.SetTxnFee(fee)
	hash, _, nonce, _, err := zcncore.Send(encryption.Hash("bob"), 5, "for lunch")
	noError(t, err)
	equal(t, "the nonce", nonce, 7)
	chain.got(t, hash, wallet.ClientKey)
}

func TestASplitWalletCallsSmartContracts(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		chain := joinChain(t)
		wallet, _ := splitWallet(t, server, newUser(t, "alice"))
		hash, err := stake(10)
		noError(t, err)
		sent := chain.got(t, hash, wallet.ClientKey)
		equal(t, "the type", sent.TransactionType, transaction.TxnTypeSmartContract)
		equal(t, "the receiver", sent.ToClientID, zcncore.StorageSmartContractAddress)
	})
}
