package gosdk

import (
	"testing"

	"github.com/0chain/gosdk/core/encryption"
	"github.com/0chain/gosdk/core/sys"
	"github.com/0chain/gosdk/zboxcore/sdk"
)

// An upload signs the file's MD5 (16 bytes) and then, in storage version 1, that signature with a validation root
// (64 bytes), in version 2 a hash over all of it. What is built is what a blobber would be sent.
func TestAnUploadIsSigned(t *testing.T) {
	onBothAddresses(t, func(t *testing.T, server kms) {
		_, key := splitWallet(t, server, newUser(t, "alice"))
		for _, storageVersion := range []int{0, sdk.StorageV2} {
			signed := messagesOf(t, func() { buildUpload(t, storageVersion) })
			equal(t, "the number of signatures", len(signed), 2)
			equal(t, "the digits of the file's hash", len(signed[0].hash), 32)
			for _, message := range signed {
				verifies(t, key.ClientKey, message.signature, message.hash)
			}
		}
	})
}

// buildUpload has gosdk make the form for one small file.
func buildUpload(t *testing.T, storageVersion int) {
	t.Helper()
	content := []byte("what Alice keeps in the cloud")
	hasher := sdk.CreateHasher(int64(len(content)))
	noError(t, hasher.WriteToFile(content))
	md5, err := hasher.GetFileHash()
	noError(t, err)
	meta := sdk.FileMeta{RemoteName: "file.txt", RemotePath: "/file.txt", ActualHash: md5, ActualSize: int64(len(content))}
	builder := sdk.CreateChunkedUploadFormBuilder(storageVersion, 0, nil)
	_, err = builder.Build(&meta, hasher, "connection", encryption.Hash("blobber"), sdk.CHUNK_SIZE, 0, 0,
		true, "", "", [][]byte{content}, nil, int64(len(content)))
	noError(t, err)
}

type signedMessage struct{ hash, signature string }

// messagesOf listens to what gosdk has signed by ZAuth meanwhile; the answers reach gosdk as they came.
func messagesOf(t *testing.T, work func()) []signedMessage {
	t.Helper()
	var signed []signedMessage
	authorize := sys.AuthCommon
	sys.SetAuthCommon(func(request string) (string, error) {
		answer, err := authorize(request)
		if err == nil {
			asked := decoded[struct{ Hash string }](t, request, nil)
			got := decoded[struct{ Sig string }](t, answer, nil)
			signed = append(signed, signedMessage{asked.Hash, got.Sig})
		}
		return answer, err
	})
	defer sys.SetAuthCommon(authorize)
	work()
	return signed
}
